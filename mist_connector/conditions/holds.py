"""Whether a condition holds for facts on a date: the engine's reading of the declarations.

A condition is asked of thousands of people. So each is taken apart once, into a function that looks at a
record, a day and whoever asks, and knows nothing of the other forms that a condition may have. It reads every
form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
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
from .lapses import counting, recent_and_old, seen_from
from .reaching import reaching
from .together import holds_together

# Facts of any kind, plain or linked; the day; the account that asks.
Reader = Callable[[Any, date, object], bool]
Matching = Callable[[Any, date, object], list[Any]]


def holds(condition: Form, facts: object, *, on: date, me: object = None) -> bool:
    """Tell whether `condition` holds for `facts` (an object with the named attributes) on the date `on`."""
    return reader(condition)(facts, on, me)


def _read(condition: Form) -> Reader:
    """Return what a condition asks of a record."""
    match condition:
        case AllOf(parts):
            return _every(parts)
        case AnyOf(parts):
            return _some(parts)
        case Not(part):
            contrary = reader(part)
            return lambda facts, on, me: not contrary(facts, on, me)
        case Exists(wanted):
            there = _matching(wanted, first=True)
            return lambda facts, on, me: bool(there(facts, on, me))
        case Lacks(wanted):
            found = _matching(wanted, first=True)
            return lambda facts, on, me: not found(facts, on, me)
        case Single(path):
            reach = reaching(path)
            return lambda facts, _on, _me: len(reach(facts)) <= 1
        case Together():
            return _together(condition)
        case Unshared():
            return _unshared(condition)
        case IsSet() | OneOf() | Mine() | Dated() | Day() | Lasts():
            return _on_itself(condition)
        case _ as never:
            assert_never(never)


# What a condition asks, made once; for whoever asks it of many records.
reader = Remembered(_read)


def _on_itself(condition: IsSet | OneOf | Mine | Dated | Day | Lasts) -> Reader:
    """Return what a condition asks of the record's own values."""
    match condition:
        case IsSet(field):
            return _is_set(field)
        case OneOf(field, values):
            return lambda facts, _on, _me: getattr(facts, field) in values
        case Mine(field):
            return lambda facts, _on, me: bool(getattr(facts, field) == me)
        case Dated():
            return _dated(condition)
        case Day():
            return _day(condition)
        case Lasts():
            return _lasts(condition)
        case _ as never:
            assert_never(never)


def _every(conditions: tuple[Form, ...]) -> Reader:
    parts = tuple(reader(each) for each in conditions)

    def every(facts: Any, on: date, me: object) -> bool:  # noqa: ANN401 - facts of any kind
        for part in parts:  # noqa: SIM110 - a generator takes longer
            if not part(facts, on, me):
                return False
        return True

    return every


def _some(conditions: tuple[Form, ...]) -> Reader:
    parts = tuple(reader(each) for each in conditions)

    def some(facts: Any, on: date, me: object) -> bool:  # noqa: ANN401 - facts of any kind
        for part in parts:  # noqa: SIM110 - a generator takes longer
            if part(facts, on, me):
                return True
        return False

    return some


def _is_set(name: str) -> Reader:
    def is_set(facts: Any, on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        value = getattr(facts, name)
        return value <= on if isinstance(value, date) else bool(value)

    return is_set


def _dated(condition: Dated) -> Reader:
    name, age = condition.field, condition.age

    def dated(facts: Any, on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        day = getattr(facts, name)
        return day is not None and recent_and_old(day, age, on)

    return dated


def _day(condition: Day) -> Reader:
    fixed, age, start = condition.day, condition.age, condition.seen_from

    def day(facts: Any, on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        from_there = on if start is None else getattr(facts, start)
        return from_there is not None and recent_and_old(fixed, age, from_there)

    return day


def _lasts(span: Lasts) -> Reader:
    ends, months = (reaching(span.start), reaching(span.end)), relativedelta(months=span.months)

    def lasts(facts: Any, _on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        start, end = (next(iter(reach(facts)), None) for reach in ends)
        return isinstance(start, date) and isinstance(end, date) and end <= start + months

    return lasts


def _together(crowd: Together) -> Reader:
    return lambda facts, on, _me: holds_together(crowd, facts, on=on, holds=holds)


def _unshared(unshared: Unshared) -> Reader:
    reach, same = reaching(unshared.path), unshared.same

    def alone(record: Any, _on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        value = getattr(record, same, None)  # an account, which the engine does not know, is nobody's
        if not value:
            return True
        others = (each for each in reach(record) if getattr(each, same, None) == value)
        return all(each.person.code == record.person.code for each in others)

    return alone


def _matching(wanted: Wanted, *, first: bool) -> Matching:
    """Return what finds the facts that a condition speaks of: all of them, or none after the first."""
    reach, start = reaching(wanted.path), seen_from(wanted.timing.when)
    latest, fits = _latest(wanted.timing.after), _fits(wanted)

    def matching(facts: Any, on: date, me: object) -> list[Any]:  # noqa: ANN401 - facts of any kind
        day = on if start is None else getattr(facts, start)
        if day is None:
            return []
        limit = latest(facts, on, me) if latest else None
        found = []
        for fact in reach(facts):
            if fits(fact, facts, day, on, me) and (limit is None or fact.on > limit):
                found.append(fact)
                if first:
                    break
        return found

    return matching


def _all_matching(wanted: Wanted) -> Matching:
    return _matching(wanted, first=False)


# What finds every fact that a condition speaks of, made once.
matching_facts = Remembered(_all_matching)


def _fits(wanted: Wanted) -> Callable[[Any, Any, date, date, object], bool]:
    """Return what tells whether one fact counts on a day, and is as described."""
    counts, same = counting(wanted.timing.when), wanted.timing.same
    where = tuple(reader(each) for each in wanted.where)

    def fits(fact: Any, facts: Any, day: date, on: date, me: object) -> bool:  # noqa: ANN401 - facts of any kind
        if counts is not None and not counts(fact, day, facts, on):
            return False
        for name in same:
            if getattr(fact, name) != getattr(facts, name):
                return False
        for part in where:  # noqa: SIM110 - a generator takes longer
            if not part(fact, on, me):
                return False
        return True

    return fits


def _latest(after: tuple[Wanted, ...]) -> Callable[[Any, date, object], date | None] | None:
    """Return what tells the last day of the facts described, where some are."""
    parts = tuple(_matching(part, first=False) for part in after)
    if not parts:
        return None

    def latest(facts: Any, on: date, me: object) -> date | None:  # noqa: ANN401 - facts of any kind
        dates = [fact.on for part in parts for fact in part(facts, on, me)]
        return max(dates, default=None)

    return latest
