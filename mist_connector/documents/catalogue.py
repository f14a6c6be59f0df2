"""Which content goes with which document, and how the mappings frame it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from mist_connector.bylaws.text import Text
from mist_connector.declared.documents import DocumentDeclaration
from mist_connector.declared.everything import Declared
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError

from .assembly_papers import AssemblyNotice, AssemblyOutcome
from .assembly_report import AssemblyReport, Frame, build
from .compiled import CompiledDocument, compile_document
from .paper_samples import sample_notice, sample_outcome
from .sample import sample_input

REPORT = "assembly_report"
NOTICE = "assembly_notice"
RESULTS = "assembly_results"
MINUTES = "assembly_minutes"
CONTENTS: Mapping[str, type] = MappingProxyType(
    {REPORT: AssemblyReport, NOTICE: AssemblyNotice, RESULTS: AssemblyOutcome, MINUTES: AssemblyOutcome}
)
MISSIONS = "four_missions"


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
    ceiling = declared.documents.ceiling(document)
    return compile_document(document, CONTENTS[key], ceiling=ceiling, sources=templates)


def frame(declared: Declared, key: str) -> Frame:
    """Return what the mappings say for a document: statuses in their order, offices, numbers."""
    document = find_document(declared, key)
    texts = {each.id: Text(fr=each.fr, en=each.en) for each in declared.bylaws.texts}
    return Frame(
        statuses={each: declared.provisions.status_label(each) for each in document.recipients},
        offices=declared.provisions.offices,
        subject=document.subject,
        missions=texts[MISSIONS],
        minimum=declared.documents.smallest_count.minimum,
        months=document.months.value,
    )


def sample(declared: Declared, key: str, *, on: date, language: str) -> object:
    """Return invented content for a document, in one language."""
    subject = find_document(declared, key).subject
    if key == REPORT:
        around = frame(declared, key)
        return build(sample_input(on, around), around, language=language)
    if key == NOTICE:
        kinds = {each.id: each.label for each in declared.vocabularies["item_kinds"]}
        return sample_notice(on, declared.assembly, kinds, subject=subject, language=language)
    minimum = declared.documents.smallest_count.minimum
    return sample_outcome(on, declared.assembly, subject=subject, minimum=minimum, language=language)
