"""Offices held by mandate: how long, by how many people, and what these must be."""

from __future__ import annotations

from pydantic import Field

from mist_connector.strict import Strict

from .rules import RULE_ID
from .statuses import ID
from .text import Text


class Number(Strict):
    """A number that a rule of the bylaws sets."""

    value: int = Field(ge=1)
    rule: str = Field(pattern=RULE_ID)


class StatusWanted(Strict):
    """A status that a rule of the bylaws demands."""

    value: str = Field(pattern=ID)
    rule: str = Field(pattern=RULE_ID)


class Office(Strict):
    """An office, e.g. delegate: the longest mandate, the seats, and the status of whoever holds it.

    `french`: how many of its holders speak French, at least.
    """

    id: str = Field(pattern=ID)
    label: Text
    months: Number
    seats: Number
    requires_status: StatusWanted
    french: Number | None = None
