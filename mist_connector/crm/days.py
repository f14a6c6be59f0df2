"""Days as the CRM writes them: years before 1000 come without their zeros, which no date is made of."""

from __future__ import annotations

from datetime import date


def day_of(value: object) -> date | None:
    """Return a day as the CRM writes it, be it of an impossible year; None where there is none."""
    if not value:
        return None
    year, month, day = (int(part) for part in str(value)[:10].rstrip().split("-"))
    return date(year, month, day)
