"""The days on which a condition may begin or cease to hold: only these are worth deciding on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from .conditions import Condition, Lapse, Time
from .holds import reaching
from .remembered import Remembered

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


# Adds the days of a record, in a window or not, to a set.
Watch = Callable[[Any, Window, set[date]], None]


def changing(condition: Condition, record: Any, window: Window) -> set[date]:  # noqa: ANN401 - any record
    """Return every day of the window on which what a condition says of a record may change.

    A day may be among them on which nothing changes; none is left out, as long as nothing new is recorded.
    """
    days: set[date] = set()
    watch = _watch(condition)
    if watch is not None:
        watch(record, window, days)
    return {day for day in days if day in window}


def ages(condition: Condition | None) -> bool:
    """Tell whether a condition may change by the mere age of what it looks at."""
    if condition is None:
        return False
    own = condition.within is not None or condition.before is not None
    return own or any(ages(part) for part in (*condition.parts, *condition.after, *condition.where))


def _watched(condition: Condition) -> Watch | None:
    """Return what adds the days on which a condition may change; nothing where no day matters to it."""
    parts = [_watch(part) for part in (*condition.parts, *condition.after)]
    return _together(_own_value(condition), *parts, _facts(condition))


_watch = Remembered(_watched)


def _together(*watches: Watch | None) -> Watch | None:
    those = [watch for watch in watches if watch is not None]
    if len(those) <= 1:
        return next(iter(those), None)

    def each_of_them(record: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any record
        for watch in those:
            watch(record, window, days)

    return each_of_them


def _own_value(condition: Condition) -> Watch | None:
    """Return what adds the days on which a condition on the record's own date may change."""
    if condition.day is not None and condition.at is None:
        fixed = condition.day
        return lambda _record, window, days: days.update(_ageing(condition, fixed, window))
    name, ageing = condition.is_set or condition.dated, condition.dated is not None
    if name is None:
        return None

    def watch(record: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any record
        day = getattr(record, name)
        if isinstance(day, date):
            days.update(_ageing(condition, day, window) if ageing else (day,))

    return watch


def _facts(condition: Condition) -> Watch | None:
    """Return what adds the days on which one of the facts behind a record may change, or cease to count."""
    if condition.facts is None:
        return None
    reach = reaching(condition.facts)
    watch = _together(_counting(condition), *(_watch(part) for part in condition.where))
    if watch is None:
        return None

    def watch_all(record: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any record
        for fact in reach(record):
            watch(fact, window, days)

    return watch_all


def _counting(condition: Condition) -> Watch | None:
    """Return what adds the days on which a fact begins or ceases to count."""
    time, grows_old = condition.time, condition.within is not None or condition.before is not None
    if condition.at is not None or (time not in {Time.HAPPENED, Time.IN_FORCE} and not grows_old):
        return None

    def watch(fact: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any fact
        if time is Time.HAPPENED:
            days.add(fact.on)
        if time is Time.IN_FORCE:
            days.update(bounds(fact))
        if grows_old:
            days.update(_ageing(condition, fact.on, window))

    return watch


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
