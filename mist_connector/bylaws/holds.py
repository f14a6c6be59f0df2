"""Whether a condition holds for facts on a date: the engine's reading of the declarations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from .conditions import ME, Condition, Span, Time, Unshared
from .together import holds_together


def holds(condition: Condition, facts: object, *, on: date, me: object = None) -> bool:
    """Tell whether `condition` holds for `facts` (an object with the named attributes) on the date `on`."""
    if condition.all_of is not None:
        return all(holds(part, facts, on=on, me=me) for part in condition.all_of)
    if condition.any_of is not None:
        return any(holds(part, facts, on=on, me=me) for part in condition.any_of)
    if condition.contrary is not None:
        return not holds(condition.contrary, facts, on=on, me=me)
    if condition.facts is not None:
        return bool(_matching(condition, facts, on=on, me=me)) == (condition.exists is not None)
    if condition.single is not None:
        return len(behind(facts, condition.single)) <= 1
    return _on_itself(condition, facts, on=on, me=me)


def _on_itself(condition: Condition, facts: object, *, on: date, me: object) -> bool:
    """Tell whether a condition on the record's own values holds."""
    if condition.dated is not None:
        day = getattr(facts, condition.dated)
        return day is not None and _recent_and_old(day, condition, on)
    if condition.lasts is not None:
        return _lasts(condition.lasts, facts)
    if condition.together is not None:
        return holds_together(condition.together, facts, on=on, holds=holds)
    if condition.unshared is not None:
        return _unshared(condition.unshared, facts)
    if condition.is_set is not None:
        return _is_set(getattr(facts, condition.is_set), on)
    assert condition.field is not None  # noqa: S101 - the declaration has exactly one form
    wanted = me if condition.equals == ME else condition.equals
    return bool(getattr(facts, condition.field) == wanted)


def _is_set(value: object, on: date) -> bool:
    return value <= on if isinstance(value, date) else bool(value)


def _lasts(span: Span, facts: object) -> bool:
    start, end = (next(iter(behind(facts, path)), None) for path in (span.start, span.end))
    if not isinstance(start, date) or not isinstance(end, date):
        return False
    return end <= start + relativedelta(months=int(span.months))


def _unshared(unshared: Unshared, record: Any) -> bool:  # noqa: ANN401 - facts of any kind
    value = getattr(record, unshared.same, None)  # an account, which the engine does not know, is nobody's
    others = (each for each in behind(record, unshared.facts) if getattr(each, unshared.same, None) == value)
    return not value or all(each.person.code == record.person.code for each in others)  # type: ignore[attr-defined]


def _matching(condition: Condition, facts: object, *, on: date, me: object) -> list[object]:
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    day = on if condition.at is None else getattr(facts, condition.at)
    if day is None:
        return []
    limit = _latest(condition.after, facts, on=on, me=me)
    return [
        fact
        for fact in behind(facts, condition.facts)
        if _counts(fact, condition.time, day, facts)
        and (not (condition.within or condition.before) or _recent_and_old(_day(fact), condition, day))
        and (limit is None or fact.on > limit)  # type: ignore[attr-defined]  # `after` needs dated facts
        and all(getattr(fact, name) == getattr(facts, name) for name in condition.same)
        and all(holds(part, fact, on=on, me=me) for part in condition.where)
    ]


def _latest(after: Iterable[Condition], facts: object, *, on: date, me: object) -> date | None:
    dates = [fact.on for part in after for fact in _matching(part, facts, on=on, me=me)]  # type: ignore[attr-defined]
    return max(dates, default=None)


def behind(facts: object, path: str) -> tuple[object, ...]:
    """Return what a dotted path leads to; each step is one record, none, or several."""
    records: tuple[object, ...] = (facts,)
    for step in path.split("."):
        records = tuple(found for record in records for found in _several(getattr(record, step)))
    return records


def _several(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _counts(fact: Any, time: Time, day: date, record: Any) -> bool:  # noqa: ANN401 - facts of any kind
    if time is Time.HAPPENED:
        return bool(fact.on <= day)
    if time is Time.IN_FORCE:
        return bool(fact.since <= day and (fact.until is None or fact.until >= day))
    if time is Time.OVERLAPS:
        return bool(
            (record.until is None or fact.since <= record.until)
            and (fact.until is None or fact.until >= record.since)
        )
    return True


def _day(fact: Any) -> date:  # noqa: ANN401 - facts of any kind
    day: date = fact.on
    return day


def _recent_and_old(dated: date, condition: Condition, day: date) -> bool:
    """Tell whether a date is as recent, and as old, as the condition asks."""
    recent, old = condition.within, condition.before
    return (recent is None or dated >= _earlier(day, recent.months, recent.days)) and (
        old is None or dated <= _earlier(day, old.months, old.days)
    )


@lru_cache(maxsize=4096)
def _earlier(day: date, months: int, days: int) -> date:
    """Return the day so long before another one; asked again and again for the same day."""
    earlier: date = day - relativedelta(months=months, days=days)
    return earlier
