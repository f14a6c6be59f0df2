"""The days on which a condition may begin or cease to hold: only these are worth deciding on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from .conditions import Condition, Lapse, Time
from .holds import behind

ONE_DAY = timedelta(days=1)
# A month has between 28 and 31 days: near enough to leave aside what is certainly outside.
_SLACK = 6


@dataclass(frozen=True)
class Window:
    """The days looked at: those after `on`, up to `last`."""

    on: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Tell whether a day is one of them."""
        return isinstance(day, date) and self.on < day <= self.last

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.on).days


def changing(condition: Condition, record: Any, window: Window) -> Iterator[date]:  # noqa: ANN401 - any record
    """Yield every day of the window on which what a condition says of a record may change.

    A day may be yielded on which nothing changes; none is left out, as long as nothing new is recorded.
    """
    for part in condition.parts:
        yield from changing(part, record, window)
    yield from (day for day in _own(condition, record, window) if day in window)
    if condition.facts is not None:
        for part in condition.after:
            yield from changing(part, record, window)
        for fact in behind(record, condition.facts):
            if condition.at is None:
                yield from (day for day in _counting(condition, fact, window) if day in window)
            for part in condition.where:
                yield from changing(part, fact, window)


def ages(condition: Condition | None) -> bool:
    """Tell whether a condition may change by the mere age of what it looks at."""
    if condition is None:
        return False
    own = condition.within is not None or condition.before is not None
    return own or any(ages(part) for part in (*condition.parts, *condition.after, *condition.where))


def _own(condition: Condition, record: Any, window: Window) -> Iterator[date]:  # noqa: ANN401 - any record
    """Yield the days on which a condition on the record's own dates may change."""
    if condition.is_set is not None:
        day = getattr(record, condition.is_set)
        if isinstance(day, date):
            yield day
    if condition.dated is not None:
        day = getattr(record, condition.dated)
        if day is not None:
            yield from _ageing(condition, day, window)


def _counting(condition: Condition, fact: Any, window: Window) -> Iterator[date]:  # noqa: ANN401 - any fact
    """Yield the days on which a fact begins or ceases to count."""
    if condition.time is Time.HAPPENED:
        yield fact.on
    if condition.time is Time.IN_FORCE:
        yield from bounds(fact)
    if condition.within is not None or condition.before is not None:
        yield from _ageing(condition, fact.on, window)


def bounds(term: Any) -> Iterator[date]:  # noqa: ANN401 - whatever has a first and a last day
    """Yield the first day of a term, and the first one after it."""
    yield term.since
    if term.until is not None and term.until < date.max:
        yield term.until + ONE_DAY


def _ageing(condition: Condition, dated: date, window: Window) -> Iterator[date]:
    """Yield the day on which a date is old enough, and the first one on which it is too old."""
    if condition.before is not None and _near(condition.before, dated, window):
        yield _first(condition.before.months, condition.before.days, dated, strictly=False)
    if condition.within is not None and _near(condition.within, dated, window):
        yield _first(condition.within.months, condition.within.days, dated, strictly=True)


def _near(lapse: Lapse, dated: date, window: Window) -> bool:
    days = round(lapse.months * 30.44) + lapse.days
    return -_SLACK <= (dated - window.on).days + days <= window.days + _SLACK


@lru_cache(maxsize=4096)
def _first(months: int, days: int, dated: date, *, strictly: bool) -> date:
    """Return the first day from which so long ago is (strictly) later than a date.

    Months are counted back from a day, and the end of a short month stands for several days: so the first
    one is looked for, from before the earliest that it can be.
    """
    span = relativedelta(months=months, days=days)
    day: date = dated + span - _SLACK * ONE_DAY
    while (day - span <= dated) if strictly else (day - span < dated):
        day += ONE_DAY
    return day
