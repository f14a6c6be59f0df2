"""What `mist check` looks for in the CRM beside the facts: how firmly, by which rule, in which words."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .checks import Severity
from .rules import RULE_ID
from .text import Text


class CrmCheckId(StrEnum):
    """The checks of the CRM itself."""

    CONTACT_SHOWS_TOO_MUCH = "contact_shows_too_much"
    ACCOUNT_WITHOUT_FUNCTION = "account_without_function"
    ACCOUNT_SHOWS_NAME = "account_shows_name"
    GROUP_BY_HAND = "group_by_hand"
    REMINDER_OVERDUE = "reminder_overdue"
    RECORDED_TWICE = "recorded_twice"


class CrmCheck(Text):
    """One check, its sentence with words in braces, and how to mend what it finds.

    `rule` is None where the rule is that of the reminder.
    """

    id: CrmCheckId
    severity: Severity
    mend: Text
    rule: str | None = Field(default=None, pattern=RULE_ID)


CRM_WORDS: dict[CrmCheckId, frozenset[str]] = {
    CrmCheckId.CONTACT_SHOWS_TOO_MUCH: frozenset({"fields"}),
    CrmCheckId.ACCOUNT_WITHOUT_FUNCTION: frozenset({"login"}),
    CrmCheckId.ACCOUNT_SHOWS_NAME: frozenset({"login"}),
    CrmCheckId.GROUP_BY_HAND: frozenset({"login", "groups"}),
    CrmCheckId.REMINDER_OVERDUE: frozenset({"due", "count"}),
    CrmCheckId.RECORDED_TWICE: frozenset({"kind", "codes"}),
}
