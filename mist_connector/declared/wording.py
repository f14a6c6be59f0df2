"""Words that people read must be there, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mist_connector.errors import Problem

from .tree import Entries, Node, Scalar, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bylaws_files import BylawsDocuments
    from .reading import Draft


def wording_problems(documents: BylawsDocuments) -> Iterator[Problem]:
    """Yield every text that is blank, and every rule said in one language only."""
    for draft in _drafts(documents):
        yield from _blank(draft, draft.root)
    for file in documents.rules:
        for index, rule in enumerate(file.value.rules):
            if rule.fr.strip() == rule.en.strip():
                place = file.place("rules", index, "en")
                yield Problem(
                    place, f"la règle {rule.id} dit la même chose en français et en anglais", "traduisez-la"
                )


def _drafts(documents: BylawsDocuments) -> Iterator[Draft]:
    """Yield the drafts of all files."""
    yield documents.sections.draft
    yield documents.decisions.draft
    yield documents.tiers.draft
    yield documents.matrix.draft
    yield documents.texts.draft
    yield from (document.draft for document in documents.rules)


def _blank(draft: Draft, node: Node) -> Iterator[Problem]:
    """Yield a problem for each empty `fr` or `en` below a node."""
    for language in ("fr", "en"):
        words = node.nodes.get(language) if isinstance(node, Entries) else None
        if isinstance(words, Scalar) and not str(words.value).strip():
            yield Problem(draft.source.place(words.position), f"texte vide ({language})", "écrivez la phrase")
    for below in children(node):
        yield from _blank(draft, below)
