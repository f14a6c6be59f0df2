"""From the facts of the register to what is counted on each day that documents tell of; nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.facts import Facts, Session
from mist_connector.bylaws.provisions import Provisions

from .figures import Day

PRESENT = "present"


@dataclass(frozen=True)
class Attended:
    """How often people came to activities in the time that ends on a day, and how many they were."""

    on: date
    presences: int
    people: int


def occasions(people: Iterable[Facts], sessions: Iterable[Session]) -> tuple[tuple[str, date], ...]:
    """Return each activity and day that is on the programme, or to which somebody came; each once."""
    attended = {
        (each.activity, each.on) for facts in people for each in facts.attendances if each.state == PRESENT
    }
    return tuple(sorted(attended | {(each.activity, each.on) for each in sessions}))


def half_year(on: date, months: int) -> date:
    """Return the first day of the period that a document of this day tells about."""
    return on - relativedelta(months=months)


def days_told(assemblies: Iterable[date], on: date) -> tuple[date, ...]:
    """Return the days that documents of a day tell of: the assemblies before it, and itself."""
    return (*sorted({each for each in assemblies if each < on}), on)


def count_days(
    people: Sequence[Facts],
    provisions: Provisions,
    statuses: Sequence[str],
    days: Sequence[date],
    *,
    months: int,
) -> tuple[Day, ...]:
    """Count people by status on each day, and those who came and left since the day before."""
    since = [half_year(days[0], months), *days]
    found = [[decide(each, provisions, on=day).status for each in people] for day in since]
    return tuple(
        _day(day, before, now, statuses) for day, before, now in zip(days, found, found[1:], strict=False)
    )


def _day(on: date, before: Sequence[str | None], now: Sequence[str | None], statuses: Sequence[str]) -> Day:
    moves = [(was in statuses, here in statuses) for was, here in zip(before, now, strict=True)]
    return Day(
        on=on,
        statuses={each: list(now).count(each) for each in statuses},
        arrivals=moves.count((False, True)),
        departures=moves.count((True, False)),
    )


def count_attended(people: Iterable[Facts], days: Sequence[date], *, months: int) -> tuple[Attended, ...]:
    """Count presences in the time before each day."""
    everybody = list(people)
    since = [half_year(days[0], months), *days]
    return tuple(_attended(everybody, begin, end) for begin, end in zip(since, days, strict=False))


def _attended(people: Iterable[Facts], begin: date, end: date) -> Attended:
    times = [
        sum(each.state == PRESENT and begin < each.on <= end for each in facts.attendances)
        for facts in people
    ]
    return Attended(end, sum(times), sum(map(bool, times)))
