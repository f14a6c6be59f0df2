"""The texts that give effect to a rule by being shown: on forms, letters and programmes."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .rules import RULE_ID
from .text import Text


class Showing(StrEnum):
    """Where a text is shown."""

    MEMBERSHIP_FORM = "membership_form"
    ACTIVE_FORM = "active_form"
    WELCOME_LETTER = "welcome_letter"
    ACTIVE_WELCOME_LETTER = "active_welcome_letter"
    FAREWELL_LETTER = "farewell_letter"
    MANDATE_LETTER = "mandate_letter"
    ACTIVITY_REPORT = "activity_report"
    PROGRAMME = "programme"


class FormText(Text):
    """One text, the rule that it tells, and where it is shown."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    rule: str = Field(pattern=RULE_ID)
    shown_in: tuple[Showing, ...] = Field(min_length=1)
