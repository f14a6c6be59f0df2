"""Today: the day it is where the association is, whatever the zone of a machine or of whoever asks.

Commands and the CRM count by it alike, so that between two midnights what may be read and what may be written
are judged by the same day.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .declaration import Blueprint

# What the code of a server action may use without saying where it comes from.
_GIVEN = {"today": "{now}.date()", "time_of_day": "{now}.strftime('%H:%M')"}


def day_there(moment: datetime, blueprint: Blueprint) -> date:
    """Return the date of a moment, which knows its zone, where the association is."""
    return moment.astimezone(ZoneInfo(blueprint.frame.timezone)).date()


def today_statement(blueprint: Blueprint) -> str:
    """Return the line of server code that sets `today`, with its end of line."""
    return _statement("today", blueprint)


def with_given(code: str, blueprint: Blueprint) -> str:
    """Return server code after lines that set what it uses: `today`, a date; `time_of_day`, as `20:05`."""
    used = (name for name in _GIVEN if re.search(rf"\b{name}\b", code))
    return "".join(_statement(name, blueprint) for name in used) + code


def _statement(name: str, blueprint: Blueprint) -> str:
    now = f"datetime.datetime.now(dateutil.tz.gettz({blueprint.frame.timezone!r}))"
    return f"{name} = {_GIVEN[name].format(now=now)}\n"
