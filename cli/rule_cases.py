"""The cases that the board reads about a rule, where the repository is there: an installed mist has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mist_connector
from mist_connector.declared.composing import compose
from mist_connector.declared.reading import Source
from mist_connector.declared.tree import Data


def cases_of(rule_id: str) -> list[str]:
    """Return the titles of the cases that keep or break a rule, in the order of their files."""
    folder = Path(mist_connector.__file__).parents[1] / "tests" / "cases"
    return [title for file in sorted(folder.rglob("*.yaml")) for title in _titles(file, rule_id)]


def _titles(file: Path, rule_id: str) -> Iterator[str]:
    root = compose(Source(file.name, file.read_text(encoding="utf-8")), [])
    data = root.data() if root else None
    cases = data.get("cases") if isinstance(data, dict) else None
    for case in cases if isinstance(cases, list) else ():
        if isinstance(case, dict) and rule_id in _rules(case):
            yield str(case.get("title"))


def _rules(case: dict[str, Data]) -> Iterator[Data]:
    for key in ("rules", "refused"):
        named = case.get(key)
        yield from named if isinstance(named, list) else ()
