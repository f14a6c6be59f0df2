"""The clock: which day it is now, as the bylaws count days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.today import day_there


def today_of(blueprint: Blueprint) -> date:
    """Return today's date where the association is."""
    return day_there(datetime.now(UTC), blueprint)
