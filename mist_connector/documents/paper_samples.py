"""Invented content for an assembly's papers, to look at them before there is any assembly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.text import Text
from mist_connector.declared.assembly import AssemblySettings, ItemKind
from mist_connector.declared.everything import Declared

from .assembly_notice import AssemblyNotice, NoticeInput, notice
from .assembly_outcome import AssemblyOutcome, ItemInput, OutcomeInput, outcome
from .assembly_sheets import (
    Ballot,
    Expected,
    Ruled,
    attendance_sheet,
    ballot_papers,
    outside_minutes,
)
from .catalogue import BALLOTS, MINUTES, ORIGINAL, OUTSIDE, RESULTS, SHEET, find_document
from .original_minutes import OriginalInput, OriginalItem, original_minutes

HOUR = "14:00"
_BLANK = Text(fr="Blancs ou nuls", en="Blank or void")
ELECTED = Text(fr="Élection proclamée", en="Election proclaimed")


def sample_paper(declared: Declared, key: str, *, on: date, language: str) -> object:
    """Return invented content for a paper of an assembly."""
    subject, settings = find_document(declared, key).subject, declared.assembly
    if key in {RESULTS, MINUTES}:
        minimum = declared.documents.smallest_count.minimum
        return sample_outcome(on, settings, subject=subject, minimum=minimum, language=language)
    if key == ORIGINAL:
        return original_minutes(_original(on), subject=subject, language=language)
    if key == SHEET:
        return attendance_sheet(on, HOUR, sample_expected(), subject=subject, language=language)
    if key == BALLOTS:
        return ballot_papers(sample_ballots(settings), subject=subject, language=language)
    kinds = {each.id: each.label for each in declared.vocabularies["item_kinds"]}
    if key == OUTSIDE:
        offices = {each.id: each.label for each in declared.provisions.offices}
        ruled = [
            Ruled(
                kinds[ItemKind.RESOLUTION],
                None,
                Text(fr="Adoptée", en="Adopted"),
                title=Text(
                    fr="Exemple : comptes de l’année approuvés", en="Example: accounts of the year approved"
                ),
            )
        ]
        ruled += [
            Ruled(kinds[item.kind], offices.get(item.office or ""), ELECTED, ("Exemple A.",))
            for item in settings.items
            if item.kind == ItemKind.ELECTION
        ]
        return outside_minutes(on, ruled, quorum=True, subject=subject, language=language)
    return sample_notice(on, settings, kinds, subject=subject, language=language)


def _original(on: date) -> OriginalInput:
    """Return an invented original."""
    figures = [(Text(fr="Exemple A. (P-EXEM-0001)", en="Example A. (P-EXEM-0001)"), 41), (_BLANK, 3)]
    kind = Text(fr="Élection", en="Election")
    chosen = ["Exemple A. (P-EXEM-0001)"]
    item = OriginalItem(ELECTED, kind, True, "15:00", 46, 14, 27, figures, ELECTED, chosen, "")  # noqa: FBT003 - a sample
    return OriginalInput(
        number=f"AG-{on.year}-1",
        version=1,
        on=on,
        hour=HOUR,
        opened_at="14:05",
        closed_at="16:30",
        place="Exemple",
        chair="Exemple B. (P-EXEM-0002)",
        secretary="Exemple C. (P-EXEM-0003)",
        frozen_on=on,
        seal="0" * 12,
        entitled=80,
        present=46,
        represented=14,
        items=[item],
    )


def sample_expected() -> list[Expected]:
    """Return invented people on an attendance sheet."""
    return [
        Expected(f"Exemple {chr(65 + place)}.", f"P-EXEM-{place:04}", place % 4 != 0) for place in range(14)
    ]


def sample_ballots(settings: AssemblySettings) -> list[Ballot]:
    """Return invented votes: a resolution, and an election with and without names."""
    resolution = Ballot(Text(fr="Rapport d’activité", en="Activity report"), None)
    elections = [
        Ballot(item.label, ("Exemple A.", None, "Exemple B."))
        for item in settings.items
        if item.kind == ItemKind.ELECTION
    ]
    return [resolution, *elections]


def sample_notice(
    on: date, settings: AssemblySettings, kinds: Mapping[str, Text], *, subject: Text, language: str
) -> AssemblyNotice:
    """Return an invented convocation."""
    told = NoticeInput(
        on=on,
        hour=HOUR,
        place=None,
        items=[(item.label, kinds[item.kind], "Exemple : annexe 1") for item in settings.items],
        who_votes=Text(fr="Exemple : les membres actifs.", en="Example: active members."),
        secret=True,
        carries=2,
    )
    return notice(told, subject=subject, language=language)


def sample_outcome(
    on: date, settings: AssemblySettings, *, subject: Text, minimum: int, language: str
) -> AssemblyOutcome:
    """Return invented results: names, figures, and what hides them."""
    first, *rest = settings.items
    votes = [(Text(fr="Pour", en="For"), 34), (Text(fr="Contre", en="Against"), 12)]
    items = [
        ItemInput(first.label, Text(fr="Fait", en="Done")),
        ItemInput(
            Text(fr="Rapport d’activité", en="Activity report"), Text(fr="Adoptée", en="Adopted"), votes=votes
        ),
        *(ItemInput(item.label, ELECTED, names=("Exemple A.",), unnamed=1, hidden=True) for item in rest),
    ]
    told = OutcomeInput(
        on=on,
        hour=HOUR,
        voters=80,
        present=46,
        represented=14,
        quorum=True,
        items=items,
        next_limit=on + relativedelta(months=settings.every.value),
        minutes=f"AG-{on.year}-1",
        corrections=[(on, Text(fr="Exemple : un mot corrigé.", en="Example: one word corrected."))],
    )
    return outcome(told, subject=subject, minimum=minimum, language=language)
