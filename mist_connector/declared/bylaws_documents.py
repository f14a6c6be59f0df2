"""From the texts of the bylaws' files to the bylaws: read strictly, checked together, composed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mist_connector.bylaws.bylaws import Bylaws
from mist_connector.bylaws.matrix import Matrix
from mist_connector.bylaws.rules import Rule
from mist_connector.errors import Place, Problem

from .bylaws_files import (
    BYLAWS_FILES,
    BylawsDocuments,
    DecisionsFile,
    RulesFile,
    SectionsFile,
    TextsFile,
    TiersFile,
    kind_of,
)
from .bylaws_references import DEFINITIONS, USES
from .consistency import inconsistencies
from .reading import Document, Draft, Source, Strict, fit, parse
from .references import check_references

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T", bound=Strict)


def declare_bylaws(sources: Mapping[str, Source], problems: list[Problem]) -> Bylaws | None:
    """Return the bylaws that the sources declare, or None after adding every problem to `problems`.

    Sources are known by their path below the mappings folder; files of other kinds are left alone.
    """
    found: list[Problem] = []
    drafts = draft_bylaws(sources, found)
    check_references(drafts, DEFINITIONS, USES, found)
    documents = fit_bylaws(drafts, found)
    if documents:
        found.extend(inconsistencies(documents))
    problems.extend(found)
    return compose_bylaws(documents) if documents and not found else None


def draft_bylaws(
    sources: Mapping[str, Source], problems: list[Problem]
) -> dict[str, tuple[Draft | None, ...]]:
    """Return the drafts of each kind of file; report what is no YAML, and the files that are missing."""
    drafts: dict[str, tuple[Draft | None, ...]] = dict.fromkeys(BYLAWS_FILES, ())
    for path, source in sorted(sources.items()):
        if kind := kind_of(path):
            drafts[kind] = (*drafts[kind], parse(source, problems))
    for kind in [kind for kind, files in drafts.items() if not files]:
        path = "rules" if kind == "rules" else f"{kind}.yaml"
        problems.append(Problem(Place(path, 1, 1), "fichier manquant", "remettez-le à sa place"))
        drafts[kind] = (None,)
    return drafts


def fit_bylaws(
    drafts: Mapping[str, Sequence[Draft | None]], problems: list[Problem]
) -> BylawsDocuments | None:
    """Return the documents of the bylaws, or None after reporting all that does not fit its model."""
    sections = _fit_one(drafts["sections"], SectionsFile, problems)
    rules = _fit_all(drafts["rules"], RulesFile, problems)
    decisions = _fit_one(drafts["decisions"], DecisionsFile, problems)
    tiers = _fit_one(drafts["tiers"], TiersFile, problems)
    matrix = _fit_one(drafts["matrix"], Matrix, problems)
    texts = _fit_one(drafts["texts"], TextsFile, problems)
    if not (sections and rules and decisions and tiers and matrix and texts):
        return None
    return BylawsDocuments(sections, rules, decisions, tiers, matrix, texts)


def compose_bylaws(documents: BylawsDocuments) -> Bylaws:
    """Return the bylaws, their rules in the order of the sections."""
    order = [section.id for section in documents.sections.value.sections]
    files = sorted(
        (document.value for document in documents.rules), key=lambda file: order.index(file.section)
    )
    return Bylaws(
        sections=documents.sections.value.sections,
        rules=tuple(Rule(**dict(entry), section=file.section) for file in files for entry in file.rules),
        decisions=documents.decisions.value.decisions,
        tiers=documents.tiers.value.tiers,
        texts=documents.texts.value.texts,
        matrix=documents.matrix.value,
    )


def _fit_all(
    drafts: Sequence[Draft | None], model: type[T], problems: list[Problem]
) -> tuple[Document[T], ...] | None:
    """Return one document per draft, or None if one of them is missing or does not fit."""
    documents = [fit(draft, model, problems) if draft else None for draft in drafts]
    fitting = tuple(document for document in documents if document)
    return fitting if len(fitting) == len(documents) else None


def _fit_one(drafts: Sequence[Draft | None], model: type[T], problems: list[Problem]) -> Document[T] | None:
    """Return the document of the only draft of its kind."""
    documents = _fit_all(drafts, model, problems)
    return documents[0] if documents else None
