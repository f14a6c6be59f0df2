"""A stretch of time in the calendar."""

from __future__ import annotations

from mist_connector.strict import Strict


class Lapse(Strict):
    """A stretch of calendar months and days before a day; negative ones reach ahead of it."""

    months: int = 0
    days: int = 0
