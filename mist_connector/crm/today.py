"""The clock: which day it is now, as the bylaws count days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.today import day_there

from .connect import clock_of
from .port import Crm


def today_of(blueprint: Blueprint, crm: Crm | None = None) -> date:
    """Return today's date where the association is, by the CRM's clock; without a CRM, by this machine's."""
    return day_there(datetime.now(UTC) if crm is None else clock_of(crm), blueprint)
