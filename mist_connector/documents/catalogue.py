"""Which content goes with which document, and how the mappings frame it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mist_connector.bylaws.text import Text
from mist_connector.declared.documents import DocumentDeclaration
from mist_connector.declared.everything import Declared
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError

from .assembly_report import AssemblyReport, Frame
from .compiled import CompiledDocument, compile_document

CONTENTS: Mapping[str, type] = MappingProxyType({"assembly_report": AssemblyReport})
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
