"""The day of which a command speaks."""

from __future__ import annotations

from datetime import date, datetime

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.port import Crm
from mist_connector.crm.today import today_of


def day_of(day: datetime | None, blueprint: Blueprint, crm: Crm) -> date:
    """Return the day asked for, or today where the association is."""
    return day.date() if day else today_of(blueprint, crm)
