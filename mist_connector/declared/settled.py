"""The decisions in force, put into effect: the values that an answer and its figures set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mist_connector.errors import MistError, Problem

from .editing import named_entries
from .reading import Draft, Source, parse
from .setting import add_edit
from .tree import Entries, Node, Scalar, child, children

DECISIONS = "decisions.yaml"


def settled(sources: Mapping[str, Source], problems: list[Problem]) -> dict[str, Source]:
    """Return the sources as the decisions in force have them read; what is set by hand still goes first.

    What is wrong with the file of decisions itself is told where it is read as such.
    """
    found = dict(sources)
    draft = parse(sources[DECISIONS], []) if DECISIONS in sources else None
    decisions = child(draft.root, "decisions") if draft else None
    for decision in children(decisions) if decisions else ():
        for path, key, node in _values(decision):
            try:
                add_edit(found, path, node, {}, by_hand=False)
            except MistError as error:
                problems.append(_problem(draft, key, error))
    return found


def _problem(draft: Draft | None, at: tuple[int, int], error: MistError) -> Problem:
    assert draft is not None  # noqa: S101 - where there is no draft, nothing is set
    return Problem(draft.source.place(at), error.what, error.todo)


def _values(decision: Node) -> Iterator[tuple[str, tuple[int, int], Node]]:
    """Yield each path that a decision sets, where that is written, and the value."""
    answer = child(decision, "answer")
    if not isinstance(answer, Scalar) or answer.value is None:
        return
    said = _said(decision)
    for key in ("numbers_set", "words_set"):
        yield from _put(said, child(decision, key))
    chosen = named_entries(child(decision, "answers")).get(str(answer.value))
    sets, needs = (child(chosen, key) if chosen else None for key in ("sets", "needs"))
    if not isinstance(needs, Entries) or needs.nodes.keys() <= said.keys():
        if isinstance(sets, Entries):
            for path, node in sets.nodes.items():
                yield path, sets.keys[path], node
        # After what the answer sets, for they stand inside of it.
        yield from _put(said, needs)


def _said(decision: Node) -> dict[str, Node]:
    """Return the numbers and words that somebody has said."""
    both = (child(decision, key) for key in ("numbers", "words"))
    nodes = [pair for each in both if isinstance(each, Entries) for pair in each.nodes.items()]
    return {name: node for name, node in nodes if isinstance(node, Scalar) and node.value is not None}


def _put(said: Mapping[str, Node], paths: Node | None) -> Iterator[tuple[str, tuple[int, int], Node]]:
    """Yield each path that a number or a word is put at, and what it is."""
    for name, listed in paths.nodes.items() if isinstance(paths, Entries) else ():
        for path in children(listed) if name in said else ():
            if isinstance(path, Scalar):
                yield str(path.value), path.position, said[name]
