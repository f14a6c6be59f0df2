"""What a sync keeps to: how many may change at once, what a contact may show, who is reminded of what."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from mist_connector.strict import Strict

from .crm_checks import CrmCheck
from .reminding import Reminding


class Kept(StrEnum):
    """What a sync keeps in line, as rules speak of it."""

    ACCOUNTS = "accounts"
    CONTACT_NAMES = "contact_names"
    REMINDERS = "reminders"


class ByHand(StrEnum):
    """What becomes of a group of ours that somebody gave an account by hand."""

    UNDO = "undo"
    REPORT = "report"


class Names(StrEnum):
    """Where a name stands in the CRM beside the register (Q27)."""

    BY_CONSENT = "by_consent"  # on her contact, by a consent or an account for a function; on her account
    NEVER = "never"  # neither on her contact nor on her account


class SyncLimits(Strict):
    """More than `most_people` and `most_percent` of the register do not change in one go without a word.

    `contact_may_have`: fields of a contact, by their names in the CRM, that may have a value.
    `names`: where a name may stand.
    `groups_by_hand`: groups of ours that no function gives. `never_without`: functions whose last account is
    not closed without a word. `checks`: what is looked for in the CRM beside the facts. `reminders`: nobody
    is reminded of anything without.
    """

    most_people: int = Field(ge=0)
    most_percent: int = Field(ge=0, le=100)
    contact_may_have: frozenset[str]
    names: Names = Names.BY_CONSENT
    groups_by_hand: ByHand = ByHand.UNDO
    never_without: tuple[str, ...] = ()
    checks: tuple[CrmCheck, ...] = ()
    reminders: Reminding | None = None

    def exceeded(self, altered: int, people: int) -> bool:
        """Tell whether so many changes among so many people are too many."""
        return altered > self.most_people and altered * 100 > self.most_percent * people
