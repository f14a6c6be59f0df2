"""Which content goes with which document, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mist_connector.bylaws.text import Text
from mist_connector.declared.documents import DocumentDeclaration
from mist_connector.declared.everything import Declared
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError

from .access_letter import AccessLetter
from .activity_report import ActivityReport
from .assembly_notice import AssemblyNotice
from .assembly_outcome import AssemblyOutcome
from .assembly_report import AssemblyReport
from .assembly_sheets import AttendanceSheet, BallotPapers, OutsideMinutes
from .compiled import CompiledDocument, compile_document
from .letters import Card, Letter, MandateLetter
from .mandates_told import MandateTable
from .original_minutes import OriginalMinutes
from .programme import Programme
from .shown_texts import texts_of


class MadeFrom(StrEnum):
    """What a document is made from."""

    NOTHING = "nothing"
    REGISTER = "register"
    ASSEMBLY = "assembly"
    PERSON = "person"
    ACCESS = "access"


@dataclass(frozen=True)
class Content:
    """The values that a document's templates may use, and where they come from."""

    shape: type
    made_from: MadeFrom


REPORT = "assembly_report"
ACTIVITY = "activity_report"
MANDATES = "mandate_table"
VOICES = "voices_list"
PROGRAMME = "programme"
NOTICE = "assembly_notice"
REMINDER = "assembly_reminder"
CANCELLATION = "assembly_cancellation"
PROXY = "proxy"
SHEET = "attendance_sheet"
BALLOTS = "ballot_paper"
RESULTS = "assembly_results"
MINUTES = "assembly_minutes"
OUTSIDE = "outside_minutes"
ORIGINAL = "original_minutes"
MANDATE_LETTER = "mandate_letter"
CARDS = ("active_card", "neutral_card")
LETTERS = ("welcome_letter", "active_welcome_letter", "farewell_letter", "active_farewell_letter")
ACCESS_LETTER = "access_letter"
FORMS = ("membership_form", "active_form")

CONTENTS: Mapping[str, Content] = MappingProxyType(
    {
        REPORT: Content(AssemblyReport, MadeFrom.REGISTER),
        ACTIVITY: Content(ActivityReport, MadeFrom.REGISTER),
        MANDATES: Content(MandateTable, MadeFrom.REGISTER),
        VOICES: Content(MandateTable, MadeFrom.REGISTER),
        PROGRAMME: Content(Programme, MadeFrom.REGISTER),
        NOTICE: Content(AssemblyNotice, MadeFrom.ASSEMBLY),
        REMINDER: Content(AssemblyNotice, MadeFrom.ASSEMBLY),
        CANCELLATION: Content(AssemblyNotice, MadeFrom.ASSEMBLY),
        PROXY: Content(AssemblyNotice, MadeFrom.ASSEMBLY),
        SHEET: Content(AttendanceSheet, MadeFrom.ASSEMBLY),
        BALLOTS: Content(BallotPapers, MadeFrom.ASSEMBLY),
        RESULTS: Content(AssemblyOutcome, MadeFrom.ASSEMBLY),
        MINUTES: Content(AssemblyOutcome, MadeFrom.ASSEMBLY),
        OUTSIDE: Content(OutsideMinutes, MadeFrom.ASSEMBLY),
        ORIGINAL: Content(OriginalMinutes, MadeFrom.ASSEMBLY),
        MANDATE_LETTER: Content(MandateLetter, MadeFrom.PERSON),
        ACCESS_LETTER: Content(AccessLetter, MadeFrom.ACCESS),
        **dict.fromkeys(CARDS, Content(Card, MadeFrom.PERSON)),
        **dict.fromkeys(LETTERS, Content(Letter, MadeFrom.PERSON)),
        **dict.fromkeys(FORMS, Content(Letter, MadeFrom.NOTHING)),
    }
)


def find_document(declared: Declared, key: str) -> DocumentDeclaration:
    """Return a document by its id; `MistError` if there is none that can be made."""
    found = declared.documents.document(key)
    if found is None or key not in CONTENTS:
        hint = suggest(key, sorted(CONTENTS)) or "Voyez « mist report list »."
        raise MistError(f"Document inconnu : {quoted(key)}.", todo=hint)
    return found


def compiled(declared: Declared, key: str, templates: Mapping[str, str]) -> CompiledDocument:
    """Return a document with its templates checked.

    Raises `MistError` for an unknown document, `DeclarationError` for templates that may not be used.
    """
    document = find_document(declared, key)
    texts = texts_of(declared.bylaws, key) if CONTENTS[key].shape is not MandateLetter else ()
    return compile_document(
        document,
        CONTENTS[key].shape,
        ceiling=declared.documents.ceiling(document),
        sources=templates,
        told=(
            *(Text(fr=each.fr, en=each.en) for each in texts),
            *(words for _, words in told_of(declared, key)),
        ),
    )


def told_of(declared: Declared, key: str) -> tuple[tuple[Text, Text], ...]:
    """Return the papers that a document's mail may not carry: the name of each, and how to get it."""
    papers = declared.documents.beside(find_document(declared, key), attached=False)
    found = ((each.label, declared.documents.audience(each).elsewhere) for each in papers)
    return tuple((name, words) for name, words in found if words is not None)


def attached_to(declared: Declared, key: str) -> str | None:
    """Return the paper attached to a document's mail; MistError if the two have not the same source."""
    host = find_document(declared, key)
    for paper in declared.documents.beside(host, attached=True):
        if CONTENTS[find_document(declared, paper.id).id].made_from in {
            MadeFrom.NOTHING,
            CONTENTS[key].made_from,
        }:
            return paper.id
        raise MistError(
            f"« {paper.id} » ne se joint pas à « {key} » : ils ne viennent pas des mêmes faits.",
            todo="retirez-le de « beside » (documents.yaml)",
        )
    return None
