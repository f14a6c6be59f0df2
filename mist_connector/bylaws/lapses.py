"""When a fact counts: by its own dates, seen from a day, and by how recent or old it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from .conditions import Condition, Lapse, Time

# A fact, the day from which it is looked at, the record that it is looked at for, and today.
Counts = Callable[[Any, date, Any, date], bool]


def counting(condition: Condition) -> Counts | None:
    """Return what tells whether a fact counts by its dates; nothing where it counts at any time."""
    if condition.time is Time.DURING:
        return _during(condition.at or "since")
    return _COUNTS.get(condition.time)


def _has_happened(fact: Any, day: date, _record: Any, _on: date) -> bool:  # noqa: ANN401 - facts of any kind
    return bool(fact.on <= day)


def _is_in_force(fact: Any, day: date, _record: Any, _on: date) -> bool:  # noqa: ANN401 - facts of any kind
    return bool(fact.since <= day and (fact.until is None or fact.until >= day))


def _overlaps(fact: Any, _day: date, record: Any, _on: date) -> bool:  # noqa: ANN401 - facts of any kind
    return bool(
        (record.until is None or fact.since <= record.until)
        and (fact.until is None or fact.until >= record.since)
    )


def _during(since: str) -> Counts:
    def during(fact: Any, _day: date, record: Any, on: date) -> bool:  # noqa: ANN401 - facts of any kind
        return bool(
            getattr(record, since) < fact.on <= on and (record.until is None or fact.on < record.until)
        )

    return during


_COUNTS: dict[Time, Counts] = {
    Time.HAPPENED: _has_happened,
    Time.IN_FORCE: _is_in_force,
    Time.OVERLAPS: _overlaps,
}


def recent_and_old(dated: date, within: Lapse | None, before: Lapse | None, day: date) -> bool:
    """Tell whether a date is as recent, and as old, as is asked."""
    return (within is None or dated >= _earlier(day, within.months, within.days)) and (
        before is None or dated <= _earlier(day, before.months, before.days)
    )


@lru_cache(maxsize=4096)
def _earlier(day: date, months: int, days: int) -> date:
    """Return the day so long before another one; asked again and again for the same day."""
    earlier: date = day - relativedelta(months=months, days=days)
    return earlier
