"""Records in force together: how many there may be, and how many of them fulfil a condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from .forms import Form, Together, half_of
from .reaching import reaching


class Holds(Protocol):
    """Whether a condition holds for one record."""

    def __call__(self, condition: Form, facts: object, *, on: date) -> bool:
        """Tell it."""


def holds_together(crowd: Together, record: Any, *, on: date, holds: Holds) -> bool:  # noqa: ANN401 - linked facts
    """Tell whether, on each day of the record, those in force together are as `crowd` demands.

    The days on which another begins are enough: between them, nobody joins.
    """
    return all(_fitting(crowd, group, on, holds) for group in _groups(crowd, record))


def _groups(crowd: Together, record: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - linked facts
    """Yield who is in force together with the record, on each day on which one of them begins."""
    shared = getattr(record, crowd.same)
    everybody = [each for each in reaching(crowd.path)(record) if getattr(each, crowd.same) == shared]
    last = record.until or date.max
    for day in {each.since for each in everybody if record.since <= each.since <= last}:
        yield [each for each in everybody if each.since <= day <= (each.until or date.max)]


def _fitting(crowd: Together, group: Sequence[object], on: date, holds: Holds) -> bool:
    if crowd.at_most is not None and len(group) > crowd.at_most:
        return False
    if crowd.where is None or len(group) < crowd.once:
        return True
    wanted = half_of(len(group), crowd.rounded) if crowd.at_least == "half" else crowd.at_least
    return sum(holds(crowd.where, each, on=on) for each in group) >= wanted
