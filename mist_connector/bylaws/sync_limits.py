"""What a sync keeps to: how many people may change at once, and what a contact may show."""

from __future__ import annotations

from pydantic import Field

from mist_connector.strict import Strict


class SyncLimits(Strict):
    """More than `most_people` and `most_percent` of the register do not change in one go without a word.

    `contact_may_have`: fields of a contact, by their names in the CRM, that may have a value.
    """

    most_people: int = Field(ge=0)
    most_percent: int = Field(ge=0, le=100)
    contact_may_have: frozenset[str]

    def exceeded(self, altered: int, people: int) -> bool:
        """Tell whether so many changes among so many people are too many."""
        return altered > self.most_people and altered * 100 > self.most_percent * people
