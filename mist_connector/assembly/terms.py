"""Days that follow from an assembly: the next one's limit, what is recalled when, and the mandates' terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.agenda_words import AgendaWords
from mist_connector.bylaws.announced import Announced, Kind
from mist_connector.bylaws.checks import Severity
from mist_connector.conditions.changing import Window
from mist_connector.declared.assembly import AssemblySettings


def limit_after(last: date, settings: AssemblySettings) -> date:
    """Return the last day on which the next assembly may be held: 31 August leads to the end of February."""
    return last + relativedelta(months=settings.every.value)


def reminder_days(limit: date, settings: AssemblySettings) -> tuple[date, ...]:
    """Return the days on which the limit is recalled, the earliest first."""
    return tuple(sorted(limit - timedelta(days=days) for days in settings.reminders.days))


def is_recalled(limit: date, settings: AssemblySettings, *, on: date) -> bool:
    """Tell whether a limit is near enough to be recalled, or past."""
    return on >= reminder_days(limit, settings)[0]


def coming_assemblies(
    held: Collection[date],
    planned: Collection[date],
    settings: AssemblySettings,
    words: AgendaWords,
    window: Window,
) -> Iterator[Announced]:
    """Yield the assemblies of the window, and the last day for the next one where none is planned."""
    for day in planned:
        if window.on <= day <= window.last:
            yield Announced(day, Kind.ASSEMBLY, settings.every.rule, words.assembly)
    if not held:
        return
    limit = limit_after(max(held), settings)
    if limit <= window.last and not any(max(held) < day <= limit for day in planned):
        severity = Severity.WARNING if limit < window.on else Severity.REMINDER
        yield Announced(limit, Kind.ASSEMBLY, settings.every.rule, words.assembly_limit, severity)


@dataclass(frozen=True)
class Term:
    """The days of the mandates that an election gives, and whether earlier ones still run beside them."""

    since: date
    until: date | None
    beside: bool


def term(
    assembly: date, running: Collection[date | None], elected: int, *, seats: int | None, months: int | None
) -> Term | None:
    """Return when those elected serve; `running` are the last days of the office's mandates in force.

    They begin that day, or where the seats are taken, the day after the last of those mandates: nobody's
    mandate is cut short, none is prolonged. None: the seats are taken for a time that nobody has set.
    """
    begins, beside = assembly, True
    if seats is not None and len(running) + elected > seats and running:
        ends = [each for each in running if each is not None]
        if len(ends) < len(running):
            return None
        begins, beside = max(ends) + timedelta(days=1), False
    until = begins + relativedelta(months=months) - timedelta(days=1) if months else None
    return Term(begins, until, beside)
