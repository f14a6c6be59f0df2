"""What a dotted path leads to, from a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Reach = Callable[[Any], tuple[Any, ...]]


def reaching(path: str) -> Reach:
    """Return what follows a dotted path; each step leads to one record, none, or several. Most have one."""
    first, *further = path.split(".")
    if not further:
        return lambda facts: _several(getattr(facts, first))

    def reach(facts: Any) -> tuple[Any, ...]:  # noqa: ANN401 - facts of any kind
        records = _several(getattr(facts, first))
        for step in further:
            records = tuple(found for record in records for found in _several(getattr(record, step)))
        return records

    return reach


def _several(value: object) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)
