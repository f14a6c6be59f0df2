"""How what comes is said: the sentences of `agenda.yaml`, and how far ahead it looks."""

from __future__ import annotations

from pydantic import Field

from mist_connector.strict import Strict

from .rules import RULE_ID
from .text import Text


class End(Text):
    """Facts of one kind that end, and the rule that makes it matter; None: that of a mandate's office."""

    of: str
    rule: str | None = Field(default=None, pattern=RULE_ID)


class AgendaWords(Strict):
    """What an agenda says of what comes."""

    days: int = Field(ge=1)
    ends: tuple[End, ...]
    status: Text
    assembly: Text
    assembly_limit: Text
