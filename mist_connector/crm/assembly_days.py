"""The days of general assemblies, held and planned, without anything else about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.declaration import Blueprint

from .batches import read_all
from .port import Crm

# Closed here, or held before the CRM knew of assemblies.
_OVER = frozenset({"closed", "past"})


@dataclass(frozen=True)
class AssemblyDays:
    """When assemblies were held, and when others are planned."""

    held: tuple[date, ...]
    planned: tuple[date, ...]


def read_assembly_days(crm: Crm, blueprint: Blueprint, *, on: date) -> AssemblyDays:
    """Read the days of all assemblies; one whose day has passed and that was never closed is neither."""
    rows = read_all(crm, blueprint.model("assembly").technical, ["x_on", "x_state"])
    days = [(date.fromisoformat(row["x_on"]), row["x_state"]) for row in rows if row["x_on"]]
    return AssemblyDays(
        held=tuple(sorted(day for day, state in days if state in _OVER and day <= on)),
        planned=tuple(sorted(day for day, state in days if state not in _OVER and day >= on)),
    )
