"""Whether a date is as recent, and as old, as is asked, seen from a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from .conditions import Lapse


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
