"""The decisions in force, put into effect: the values that an answer and its figures set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mist_connector.errors import MistError, Problem

from .editing import named_entries
from .reading import Draft, Source, parse
from .setting import add_edit
from .tree import Entries, Items, Node, Scalar, child, children

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
    numbers = child(decision, "numbers")
    paths = child(decision, "numbers_set")
    if isinstance(numbers, Entries) and isinstance(paths, Entries):
        for name, node in numbers.nodes.items():
            for path in children(paths.nodes.get(name) or Items((), node.position)):
                if isinstance(path, Scalar):
                    yield str(path.value), path.position, node
    chosen = named_entries(child(decision, "answers")).get(str(answer.value))
    sets = child(chosen, "sets") if chosen else None
    if isinstance(sets, Entries):
        for path_, node in sets.nodes.items():
            yield path_, sets.keys[path_], node
