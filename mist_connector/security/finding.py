"""One open door: what it is, who opened it and when as far as the CRM knows, and how it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from mist_connector.crm.port import Crm


class Closing(StrEnum):
    """How a door is closed again."""

    APPLY = "apply"  # it is ours: what was declared is put back
    REMOVE = "remove"  # a setting that somebody made: taken away, with nobody's data in it
    WRITE = "write"  # a setting of the CRM's own: archived, or put right
    ELEVATED = "elevated"  # the same, where the CRM keeps its administrator out
    HAND = "hand"  # somebody must decide


@dataclass(frozen=True)
class Trace:
    """Who changed something last, and when, as the CRM noted it."""

    by: str = ""
    at: str = ""

    @property
    def known(self) -> bool:
        """Whether the CRM noted anything."""
        return bool(self.by)


UNKNOWN = Trace()


@dataclass(frozen=True)
class SecurityFinding:
    """One open door: its kind, what it is in French, how to close it, and what record it is."""

    kind: str
    what: str
    mend: str
    closing: Closing = field(default=Closing.HAND, compare=False)
    model: str = field(default="", compare=False)
    id: int = field(default=0, compare=False)
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    trace: Trace = field(default=UNKNOWN, compare=False)
    module: str = field(default="", compare=False)  # the module of the CRM's that it is about as a whole


def trace_of(row: Mapping[str, Any]) -> Trace:
    """Read who wrote a row last, from what a search answered."""
    who, when = row.get("write_uid"), row.get("write_date")
    return Trace(str(who[1]), _minute(str(when))) if who and when else UNKNOWN


def traces(crm: Crm, model: str, ids: list[int]) -> dict[int, Trace]:
    """Return who wrote each record last, in one request; records that are gone have no trace."""
    fields = ["write_uid", "write_date"]
    context = {"active_test": False}
    rows = crm.call(model, "search_read", domain=[["id", "in", ids]], fields=fields, context=context)
    return {row["id"]: trace_of(row) for row in rows}


def _minute(written: str) -> str:
    return f"{datetime.fromisoformat(written):%d/%m/%Y %H:%M} UTC"
