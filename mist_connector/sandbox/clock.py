"""The clock of a running sandbox: another day or hour, with nothing else changed and nothing else running.

Odoo reads the time in two places. Its own programs follow a file that libfaketime looks at; what it asks
PostgreSQL for (`now()`: dates of creation, the end of an API key) follows a function of the database, since
all sandboxes share one PostgreSQL, whose own clock must stay right.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mist_connector.errors import SandboxError

from .postgres import Cluster

REAL = "real"
# A time without a zone is read as the association's own clocks show it.
ZONE = ZoneInfo("Europe/Paris")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_SHIFT = re.compile(r"([+-]\d{1,5})([dhm])")


def parse_move(text: str, *, now: datetime) -> timedelta:
    """Return by how much a clock is moved: `real`, a shift such as +7d, a day, or a day and time.

    A day keeps the time of day. Raises SandboxError for anything else.
    """
    if text == REAL:
        return timedelta()
    shift = _SHIFT.fullmatch(text)
    if shift:
        return timedelta(**{_UNITS[shift[2]]: int(shift[1])})
    return _moment(text, now) - now


def file_of(directory: Path) -> Path:
    """Return the file that tells the programs of a sandbox by how much their clock is moved."""
    return directory / "clock"


def shift_of(directory: Path) -> timedelta | None:
    """Return by how much a sandbox's clock is moved; None where it has never been."""
    try:
        return timedelta(seconds=int(file_of(directory).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return None


def tell_programs(directory: Path, shift: timedelta) -> None:
    """Move the clock of the programs that follow the file; they see either the old or the new one."""
    provisional = file_of(directory).with_suffix(".partial")
    provisional.write_text(f"{_seconds(shift):+d}\n", encoding="utf-8")
    provisional.rename(file_of(directory))


def tell_database(cluster: Cluster, database: str, shift: timedelta) -> None:
    """Move the clock of one database, for every connection at once."""
    if not shift:
        cluster.query("DROP FUNCTION IF EXISTS public.now()", database=database)
        return
    body = f"SELECT pg_catalog.now() + interval '{_seconds(shift)} seconds'"
    made = "CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE"
    cluster.query(f"{made} AS $${body}$$", database=database)


def _seconds(shift: timedelta) -> int:
    return round(shift.total_seconds())


def _moment(text: str, now: datetime) -> datetime:
    try:
        if "T" not in text:
            return datetime.combine(date.fromisoformat(text), _time_of(now), UTC)
        read = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return read if read.tzinfo else read.replace(tzinfo=ZONE)
    raise SandboxError(
        f"« {text} » n'est ni un jour, ni un décalage.",
        todo="Écrivez 2027-01-31, 2027-01-31T00:30 (heure de Paris), +7d, -2h, ou real.",
    )


def _time_of(now: datetime) -> time:
    return now.astimezone(UTC).time()
