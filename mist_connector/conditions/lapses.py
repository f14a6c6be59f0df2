"""Whether a date is as recent, and as old, as is asked; whether a fact counts by its own dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, assert_never

from dateutil.relativedelta import relativedelta

from .timing import Age, During, Ever, Happened, InForce, Overlaps, When

# A fact, the day from which it is looked at, the record that it is looked at for, and today.
Counts = Callable[[Any, date, Any, date], bool]


def counting(when: When) -> Counts | None:
    """Return what tells whether a fact counts by its dates; nothing where every fact does."""
    match when:
        case Ever(age):
            return _aged(age) if age else None
        case Happened(_, age):
            return _happened(age)
        case InForce():
            return _is_in_force
        case During(since):
            return _during(since)
        case Overlaps():
            return _overlaps
        case _ as never:
            assert_never(never)


def seen_from(when: When) -> str | None:
    """Return the date of the record from which its facts are looked at; None: they are seen from today."""
    match when:
        case Happened(day) | InForce(day):
            return day
        case Ever() | During() | Overlaps():
            return None
        case _ as never:
            assert_never(never)


def _aged(age: Age) -> Counts:
    return lambda fact, day, _record, _on: recent_and_old(fact.on, age, day)


def _happened(age: Age) -> Counts:
    if not age:
        return lambda fact, day, _record, _on: bool(fact.on <= day)
    return lambda fact, day, _record, _on: bool(fact.on <= day) and recent_and_old(fact.on, age, day)


def _is_in_force(fact: Any, day: date, _record: Any, _on: date) -> bool:  # noqa: ANN401 - facts of any kind
    return bool(fact.since <= day and (fact.until is None or fact.until >= day))


def _overlaps(fact: Any, _day: date, record: Any, _on: date) -> bool:  # noqa: ANN401 - facts of any kind
    return bool(
        (record.until is None or fact.since <= record.until)
        and (fact.until is None or fact.until >= record.since)
    )


def _during(since: str) -> Counts:
    def during(fact: Any, _day: date, record: Any, on: date) -> bool:  # noqa: ANN401 - facts of any kind
        start = getattr(record, since)
        return start is not None and bool(
            start < fact.on <= on and (record.until is None or fact.on < record.until)
        )

    return during


def recent_and_old(dated: date, age: Age, day: date) -> bool:
    """Tell whether a date has an age on a day."""
    within, before = age.within, age.before
    return (within is None or dated >= _earlier(day, within.months, within.days)) and (
        before is None or dated <= _earlier(day, before.months, before.days)
    )


@lru_cache(maxsize=4096)
def _earlier(day: date, months: int, days: int) -> date:
    """Return the day so long before another one; asked again and again for the same day."""
    earlier: date = day - relativedelta(months=months, days=days)
    return earlier
