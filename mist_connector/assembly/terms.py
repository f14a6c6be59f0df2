"""Days that follow from an assembly: the next one's limit, what is recalled when, and the mandates' terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

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


def term(
    assembly: date, running: Iterable[date | None], seats: int | None, months: int | None
) -> tuple[date, date | None]:
    """Return the first and last day of a mandate that an assembly gives.

    It begins that day; where earlier mandates fill the seats for longer (`running`: their last days), the day
    after the last of them. Nobody's mandate is cut short, and none is prolonged.
    """
    begins = assembly
    ends = sorted(each for each in running if each is not None and each >= assembly)
    if seats is not None and len(ends) >= seats:
        begins = ends[-1] + timedelta(days=1)
    return begins, begins + relativedelta(months=months) - timedelta(days=1) if months else None
