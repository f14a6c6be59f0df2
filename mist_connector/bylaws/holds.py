"""Whether a condition holds for facts on a date: the engine's reading of the declarations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from .conditions import ME, Condition, Span, Time


def holds(condition: Condition, facts: object, *, on: date, me: object = None) -> bool:
    """Tell whether `condition` holds for `facts` (an object with the named attributes) on the date `on`."""
    if condition.all_of is not None:
        return all(holds(part, facts, on=on, me=me) for part in condition.all_of)
    if condition.any_of is not None:
        return any(holds(part, facts, on=on, me=me) for part in condition.any_of)
    if condition.facts is not None:
        return bool(_matching(condition, facts, on=on, me=me)) == (condition.exists is not None)
    if condition.lasts is not None:
        return _lasts(condition.lasts, facts)
    if condition.is_set is not None:
        return _is_set(getattr(facts, condition.is_set), on)
    assert condition.field is not None  # noqa: S101 - the declaration has exactly one form
    wanted = me if condition.equals == ME else condition.equals
    return bool(getattr(facts, condition.field) == wanted)


def _is_set(value: object, on: date) -> bool:
    return value <= on if isinstance(value, date) else bool(value)


def _lasts(span: Span, facts: object) -> bool:
    start, end = getattr(facts, span.start), getattr(facts, span.end)
    return start is not None and end is not None and end <= start + relativedelta(months=span.months)


def _matching(condition: Condition, facts: object, *, on: date, me: object) -> list[object]:
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    limit = _latest(condition.after, facts, on=on, me=me)
    return [
        fact
        for fact in _behind(facts, condition.facts)
        if _counts(fact, condition.time, on)
        and (limit is None or fact.on > limit)  # type: ignore[attr-defined]  # `after` needs dated facts
        and all(holds(part, fact, on=on, me=me) for part in condition.where)
    ]


def _latest(after: Iterable[Condition], facts: object, *, on: date, me: object) -> date | None:
    dates = [fact.on for part in after for fact in _matching(part, facts, on=on, me=me)]  # type: ignore[attr-defined]
    return max(dates, default=None)


def _behind(facts: object, path: str) -> tuple[object, ...]:
    """Follow a dotted path; each step is one record, none, or several."""
    records: tuple[object, ...] = (facts,)
    for step in path.split("."):
        records = tuple(found for record in records for found in _several(getattr(record, step)))
    return records


def _several(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _counts(fact: object, time: Time, on: date) -> bool:
    if time is Time.HAPPENED:
        return bool(fact.on <= on)  # type: ignore[attr-defined]
    if time is Time.IN_FORCE:
        return bool(fact.since <= on and (fact.until is None or fact.until >= on))  # type: ignore[attr-defined]
    return True
