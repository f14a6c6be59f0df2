"""Whether a condition holds for facts on a date: the engine's reading of the declarations.

A condition is asked of thousands of people. So each is taken apart once, into a function that looks at a
record, a day and whoever asks, and knows nothing of the other forms that a condition may have.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from .conditions import ME, Condition, Span, Together, Unshared
from .lapses import counting, recent_and_old
from .remembered import Remembered
from .together import holds_together

# Facts of any kind, plain or linked; the day; the account that asks.
Reader = Callable[[Any, date, object], bool]
Matching = Callable[[Any, date, object], list[Any]]
Reach = Callable[[Any], tuple[Any, ...]]


def holds(condition: Condition, facts: object, *, on: date, me: object = None) -> bool:
    """Tell whether `condition` holds for `facts` (an object with the named attributes) on the date `on`."""
    return reader(condition)(facts, on, me)


def _read(condition: Condition) -> Reader:
    """Return what a condition asks of a record."""
    if condition.all_of is not None:
        return _every(condition.all_of)
    if condition.any_of is not None:
        return _some(condition.any_of)
    if condition.contrary is not None:
        contrary = reader(condition.contrary)
        return lambda facts, on, me: not contrary(facts, on, me)
    if condition.facts is not None:
        matching, wanted = _matching(condition, first=True), condition.exists is not None
        return lambda facts, on, me: bool(matching(facts, on, me)) == wanted
    if condition.single is not None:
        reach = reaching(condition.single)
        return lambda facts, _on, _me: len(reach(facts)) <= 1
    return _on_itself(condition)


# What a condition asks, made once; for whoever asks it of many records.
reader = Remembered(_read)


def _on_itself(condition: Condition) -> Reader:
    """Return what a condition asks of the record's own values."""
    if condition.dated is not None or condition.day is not None:
        return _dated(condition.dated, condition) if condition.dated else _day(condition)
    if condition.lasts is not None:
        return _lasts(condition.lasts)
    if condition.together is not None:
        return _together(condition.together)
    if condition.unshared is not None:
        return _unshared(condition.unshared)
    if condition.is_set is not None:
        return _is_set(condition.is_set)
    assert condition.field is not None  # noqa: S101 - the declaration has exactly one form
    return _field(condition.field, condition.equals)


def _every(conditions: tuple[Condition, ...]) -> Reader:
    parts = tuple(reader(each) for each in conditions)

    def every(facts: Any, on: date, me: object) -> bool:  # noqa: ANN401 - facts of any kind
        for part in parts:  # noqa: SIM110 - a generator takes longer
            if not part(facts, on, me):
                return False
        return True

    return every


def _some(conditions: tuple[Condition, ...]) -> Reader:
    parts = tuple(reader(each) for each in conditions)

    def some(facts: Any, on: date, me: object) -> bool:  # noqa: ANN401 - facts of any kind
        for part in parts:  # noqa: SIM110 - a generator takes longer
            if part(facts, on, me):
                return True
        return False

    return some


def _field(name: str, wanted: object) -> Reader:
    if wanted == ME:
        return lambda facts, _on, me: bool(getattr(facts, name) == me)
    return lambda facts, _on, _me: bool(getattr(facts, name) == wanted)


def _is_set(name: str) -> Reader:
    def is_set(facts: Any, on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        value = getattr(facts, name)
        return value <= on if isinstance(value, date) else bool(value)

    return is_set


def _dated(name: str, condition: Condition) -> Reader:
    within, before = condition.within, condition.before

    def dated(facts: Any, on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        day = getattr(facts, name)
        return day is not None and recent_and_old(day, within, before, on)

    return dated


def _day(condition: Condition) -> Reader:
    fixed, within, before, at = condition.day, condition.within, condition.before, condition.at
    assert fixed is not None  # noqa: S101 - only called for conditions on a very day

    def day(facts: Any, on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        seen_from = on if at is None else getattr(facts, at)
        return seen_from is not None and recent_and_old(fixed, within, before, seen_from)

    return day


def _lasts(span: Span) -> Reader:
    ends, months = (reaching(span.start), reaching(span.end)), relativedelta(months=int(span.months))

    def lasts(facts: Any, _on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        start, end = (next(iter(reach(facts)), None) for reach in ends)
        return isinstance(start, date) and isinstance(end, date) and end <= start + months

    return lasts


def _together(crowd: Together) -> Reader:
    return lambda facts, on, _me: holds_together(crowd, facts, on=on, holds=holds)


def _unshared(unshared: Unshared) -> Reader:
    reach, same = reaching(unshared.facts), unshared.same

    def alone(record: Any, _on: date, _me: object) -> bool:  # noqa: ANN401 - facts of any kind
        value = getattr(record, same, None)  # an account, which the engine does not know, is nobody's
        if not value:
            return True
        others = (each for each in reach(record) if getattr(each, same, None) == value)
        return all(each.person.code == record.person.code for each in others)

    return alone


def _matching(condition: Condition, *, first: bool) -> Matching:
    """Return what finds the facts that a condition speaks of: all of them, or none after the first."""
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    reach, at = reaching(condition.facts), condition.at
    latest, fits = _latest(condition.after), _fits(condition)

    def matching(facts: Any, on: date, me: object) -> list[Any]:  # noqa: ANN401 - facts of any kind
        day = on if at is None else getattr(facts, at)
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


def _fits(condition: Condition) -> Callable[[Any, Any, date, date, object], bool]:
    """Return what tells whether one fact counts on a day, and is as described."""
    counts, same = counting(condition), condition.same
    within, before = condition.within, condition.before
    where = tuple(reader(each) for each in condition.where)

    def fits(fact: Any, facts: Any, day: date, on: date, me: object) -> bool:  # noqa: ANN401 - facts of any kind
        if counts is not None and not counts(fact, day, facts, on):
            return False
        if (within or before) and not recent_and_old(fact.on, within, before, day):
            return False
        for name in same:
            if getattr(fact, name) != getattr(facts, name):
                return False
        for part in where:  # noqa: SIM110 - a generator takes longer
            if not part(fact, on, me):
                return False
        return True

    return fits


def _latest(after: tuple[Condition, ...]) -> Callable[[Any, date, object], date | None] | None:
    """Return what tells the last day of the facts described, where some are."""
    parts = tuple(_matching(part, first=False) for part in after)
    if not parts:
        return None

    def latest(facts: Any, on: date, me: object) -> date | None:  # noqa: ANN401 - facts of any kind
        dates = [fact.on for part in parts for fact in part(facts, on, me)]
        return max(dates, default=None)

    return latest


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
