"""The cases that the board reads about a rule, where the repository is there: an installed mist has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mist_connector
from mist_connector.declared.composing import compose
from mist_connector.declared.reading import Source
from mist_connector.declared.tree import Items, Node, Scalar, child, children
from mist_connector.errors import Place


@dataclass(frozen=True)
class Case:
    """The title of a case, and where it is written."""

    title: str
    place: Place


def cases_of(rule_id: str) -> list[Case]:
    """Return the cases that keep or break a rule, in the order of their files."""
    root = Path(mist_connector.__file__).parents[1]
    files = sorted((root / "tests" / "cases").rglob("*.yaml"))
    return [case for file in files for case in _cases(file, file.relative_to(root).as_posix(), rule_id)]


def _cases(file: Path, name: str, rule_id: str) -> Iterator[Case]:
    source = Source(name, file.read_text(encoding="utf-8"))
    root = compose(source, [])
    cases = child(root, "cases") if root else None
    for case in children(cases) if cases else ():
        title = child(case, "title")
        if isinstance(title, Scalar) and rule_id in _rules(case):
            yield Case(str(title.value), source.place(title.position))


def _rules(case: Node) -> set[str | int | bool | None]:
    named = (child(case, key) for key in ("rules", "refused"))
    lists = (each for each in named if isinstance(each, Items))
    return {rule.value for each in lists for rule in each.nodes if isinstance(rule, Scalar)}
