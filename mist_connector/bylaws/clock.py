"""The clock of an active member: how long she has not been seen, and how long nothing was heard of her.

Excused absences stop it: the days of a pause do not count, whether it lies in the middle or at the end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .checks import Check, CheckId
from .facts import Facts, Pause
from .findings import Finding, Word, found
from .provisions import Provisions
from .verdict import Verdict

_PRESENT = "present"


def clock_findings(facts: Facts, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    """Find an active member who has not taken part for so many months, and one of whom nothing was heard."""
    for check, dates in _clocks(provisions):
        if verdict.status not in check.statuses:
            continue
        last = max((day for day in dates(facts, check) if day <= verdict.on), default=None)
        if last is None:
            continue
        runs_out = limit(last, span_of(check), facts.pauses, on=verdict.on)
        if runs_out <= verdict.on:
            words: dict[str, Word] = {"since": last, "months": str(check.months), "days": str(check.days)}
            yield found(check, words, code=facts.code, due=runs_out)


def clock_days(facts: Facts, provisions: Provisions, *, on: date) -> Iterator[date]:
    """Yield the days on which a clock may run out, as far as is recorded.

    It never does during a pause: one without an end leaves only the days before it.
    """
    end = max((pause.until for pause in facts.pauses if pause.until is not None), default=on)
    stops = min((pause.since for pause in facts.pauses if pause.until is None), default=date.max)
    for check, dates in _clocks(provisions):
        known = sorted(dates(facts, check))
        # Of what is past, only the latest counts.
        for last in known[max(bisect_right(known, on) - 1, 0) :]:
            out = limit(last, span_of(check), facts.pauses, on=end)
            yield from (day for day in (last, out) if day < stops)


def clocked(status: str | None, provisions: Provisions) -> bool:
    """Tell whether a clock runs for somebody of a status."""
    return any(status in check.statuses for check, _ in _clocks(provisions))


def _clocks(provisions: Provisions) -> Iterator[tuple[Check, Callable[[Facts, Check], Iterator[date]]]]:
    """Yield the clocks that run, each with what starts it anew."""
    for check_id, dates in ((CheckId.INACTIVE, _seen), (CheckId.SILENT, _heard)):
        check = provisions.check(check_id)
        if check is not None:
            yield check, dates


def span_of(check: Check) -> relativedelta:
    """Return how long a clock runs: calendar months, or days (Q17)."""
    return relativedelta(months=check.months or 0, days=check.days or 0)


def limit(last: date, span: relativedelta, pauses: Collection[Pause], *, on: date) -> date:
    """Return the day on which so long a time is up, later by each day of a pause until `on`."""
    end = last + span
    if not pauses:
        return end
    paused = {
        pause.since + timedelta(days=day)
        for pause in pauses
        for day in range((min(pause.until or on, on) - pause.since).days + 1)
    }
    day = last
    while day < end:
        day += timedelta(days=1)
        if day in paused:
            end += timedelta(days=1)
    return end


def _seen(facts: Facts, _check: Check) -> Iterator[date]:
    """Yield the days on which she took part; becoming active starts the clock."""
    yield from (each.on for each in facts.signatures)
    yield from (each.on for each in facts.votes)
    yield from (each.on for each in facts.attendances if each.state == _PRESENT)


def _heard(facts: Facts, check: Check) -> Iterator[date]:
    """Yield the days on which something was heard of her, her own part in anything included."""
    yield from _seen(facts, check)
    yield from (each.on for each in facts.steps if each.kind in check.steps)
    for each in facts.attendances:
        yield from (day for day in (each.noticed_on, each.acknowledged_on) if day is not None)
