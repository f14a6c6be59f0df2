"""The days on which a condition may begin or cease to hold: only these are worth deciding on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, assert_never

from dateutil.relativedelta import relativedelta

from mist_connector.remembered import Remembered

from .forms import (
    AllOf,
    AnyOf,
    Dated,
    Day,
    Exists,
    Form,
    IsSet,
    Lacks,
    Lasts,
    Mine,
    Not,
    OneOf,
    Single,
    Together,
    Unshared,
    Wanted,
)
from .reaching import reaching
from .timing import Age, During, Ever, Happened, InForce, Overlaps, When

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

    @cached_property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.on).days


# Adds the days of a record, in a window or not, to a set.
Watch = Callable[[Any, Window, set[date]], None]


def changing(condition: Form, record: Any, window: Window) -> set[date]:  # noqa: ANN401 - any record
    """Return every day of the window on which what a condition says of a record may change.

    A day may be among them on which nothing changes; none is left out, as long as nothing new is recorded.
    """
    return named_days(_watch(condition), record, window)


def watching(conditions: Iterable[Form | None]) -> Watch | None:
    """Return what adds the days on which one of several conditions may change; nothing where none does."""
    return _together(*(_watch(each) for each in conditions if each is not None))


def named_days(watch: Watch | None, record: Any, window: Window) -> set[date]:  # noqa: ANN401 - any record
    """Return the days of a window that are among those added for a record."""
    days: set[date] = set()
    if watch is not None:
        watch(record, window, days)
    return {day for day in days if window.on < day <= window.last}


def _watched(condition: Form) -> Watch | None:
    """Return what adds the days on which a condition may change; nothing where no day matters to it."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return _together(*map(_watch, parts))
        case Not(part):
            return _watch(part)
        case Exists(wanted) | Lacks(wanted):
            return _facts(wanted)
        case IsSet(name):
            return _own_value(name, Age())
        case Dated(name, age):
            return _own_value(name, age)
        case Day(day, age, None):
            return lambda _record, window, days: _ageing(age)(day, window, days)
        case Together(path, where=where):
            return None if where is None else _facts(Wanted(path, (where,)))
        case Day() | OneOf() | Mine() | Single() | Lasts() | Unshared():
            return None
        case _ as never:
            assert_never(never)


_watch = Remembered(_watched)


def _together(*watches: Watch | None) -> Watch | None:
    those = [watch for watch in watches if watch is not None]
    if len(those) <= 1:
        return next(iter(those), None)

    def each_of_them(record: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any record
        for watch in those:
            watch(record, window, days)

    return each_of_them


def _own_value(name: str, age: Age) -> Watch:
    """Return what adds the days on which a condition on the record's own date may change."""
    grow = _ageing(age)

    def watch(record: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any record
        day = getattr(record, name)
        if isinstance(day, date):
            days.add(day)
            grow(day, window, days)

    return watch


def _facts(wanted: Wanted) -> Watch | None:
    """Return what adds the days on which one of the facts behind a record may change, or cease to count."""
    reach = reaching(wanted.path)
    watch = _together(_counting(wanted.timing.when), *(_watch(part) for part in wanted.where))
    later = _together(*map(_facts, wanted.timing.after))
    if watch is None:
        return later

    def watch_all(record: Any, window: Window, days: set[date]) -> None:  # noqa: ANN401 - any record
        for fact in reach(record):
            watch(fact, window, days)

    return _together(watch_all, later)


def _counting(when: When) -> Watch | None:
    """Return what adds the days on which a fact begins or ceases to count."""
    match when:
        case Ever(age):
            return _grows_old(age) if age else None
        case Happened(None, age):
            return _together(_on_its_day, _grows_old(age))
        case During():
            return _on_its_day
        case InForce(None):
            return lambda fact, _window, days: days.update(bounds(fact))
        # Seen from a date of the record, or beside its term, nothing changes by itself.
        case Happened() | InForce() | Overlaps():
            return None
        case _ as never:
            assert_never(never)


def _on_its_day(fact: Any, _window: Window, days: set[date]) -> None:  # noqa: ANN401 - any fact
    days.add(fact.on)


def _grows_old(age: Age) -> Watch:
    grow = _ageing(age)
    return lambda fact, window, days: grow(fact.on, window, days)


def bounds(term: Any) -> Iterator[date]:  # noqa: ANN401 - whatever has a first and a last day
    """Yield the first day of a term, and the first one after it."""
    yield term.since
    if term.until is not None and term.until < date.max:
        yield term.until + ONE_DAY


def _ageing(age: Age) -> Callable[[date, Window, set[date]], None]:
    """Return what adds the day on which a date is old enough, and the first one on which it is too old."""
    lapses = [
        (lapse.months, lapse.days, round(lapse.months * 30.44) + lapse.days, strictly)
        for lapse, strictly in ((age.before, False), (age.within, True))
        if lapse is not None
    ]

    def grow(dated: date, window: Window, days: set[date]) -> None:
        ahead = (dated - window.on).days
        for months, more, about, strictly in lapses:
            if -_SLACK <= ahead + about <= window.days + _SLACK:
                days.add(_first(months, more, dated, strictly=strictly))

    return grow


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
