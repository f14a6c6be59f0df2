"""Ids that mapping files define, and the places that name them: each must lead somewhere.

This works on drafts, before any model: one file with a mistake does not hide those of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mist_connector.errors import Problem

from .suggestion import quoted, suggest
from .tree import Scalar, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .reading import Draft


@dataclass(frozen=True)
class Definition:
    """Where the ids of one vocabulary are defined: in files of a kind, at a path (`*`: any step).

    `noun` names such a thing in a message, in French. `scoped`: ids are unique within one file's lists,
    not across them.
    """

    vocabulary: str
    kind: str
    path: tuple[str, ...]
    noun: str


@dataclass(frozen=True)
class Use:
    """Where ids of one of several vocabularies are named; `**` in the path is any number of steps."""

    vocabularies: tuple[str, ...]
    kind: str
    path: tuple[str, ...]


def check_references(
    drafts: Mapping[str, Sequence[Draft | None]],
    definitions: Sequence[Definition],
    uses: Iterable[Use],
    problems: list[Problem],
) -> None:
    """Report every id defined twice, and every name that leads nowhere, with what was probably meant.

    Names of a vocabulary that some unreadable file helps to define are let through: nobody can tell.
    """
    for definition in definitions:
        problems.extend(_repeated(drafts, definition))
    nouns = {definition.vocabulary: definition.noun for definition in definitions}
    known = {vocabulary: _known(drafts, definitions, vocabulary) for vocabulary in nouns}
    for use in uses:
        problems.extend(_dangling(drafts, use, known, nouns))


def _written(draft: Draft, path: tuple[str, ...]) -> Iterator[tuple[str, Scalar]]:
    """Yield the words at a path."""
    for scalar in select(draft.root, path):
        if isinstance(scalar.value, str):
            yield scalar.value, scalar


def _known(
    drafts: Mapping[str, Sequence[Draft | None]], definitions: Iterable[Definition], vocabulary: str
) -> set[str] | None:
    """Return the ids of a vocabulary, or None where an unreadable file may define more."""
    ids: set[str] = set()
    for definition in definitions:
        if definition.vocabulary != vocabulary:
            continue
        for draft in drafts.get(definition.kind, ()):
            if draft is None:
                return None
            ids.update(word for word, _ in _written(draft, definition.path))
    return ids


def _repeated(drafts: Mapping[str, Sequence[Draft | None]], definition: Definition) -> Iterator[Problem]:
    """Yield a problem for each id that was defined before."""
    first: dict[str, str] = {}
    for draft in filter(None, drafts.get(definition.kind, ())):
        for word, scalar in _written(draft, definition.path):
            place = draft.source.place(scalar.position)
            if word in first:
                yield Problem(place, f"{definition.noun} {quoted(word)} déjà défini", f"voyez {first[word]}")
            first.setdefault(word, str(place))


def _dangling(
    drafts: Mapping[str, Sequence[Draft | None]],
    use: Use,
    known: Mapping[str, set[str] | None],
    nouns: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield a problem for each name that no vocabulary of the use knows."""
    vocabularies = [known[vocabulary] for vocabulary in use.vocabularies]
    candidates: set[str] = set()
    for vocabulary in vocabularies:
        if vocabulary is None:
            return
        candidates |= vocabulary
    noun = " ou ".join(nouns[vocabulary] for vocabulary in use.vocabularies)
    for draft in filter(None, drafts.get(use.kind, ())):
        for word, scalar in _written(draft, use.path):
            if word not in candidates:
                hint = suggest(word, candidates)
                yield Problem(draft.source.place(scalar.position), f"{noun} {quoted(word)} inexistant", hint)
