"""The tiers of confidentiality, in order."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """How far a piece of information may travel, from everybody to direction alone."""

    PUBLIC = "public"
    COMMON = "common"
    REGISTER = "register"
    PERSONAL = "personal"
    INVESTIGATION = "investigation"

    @property
    def rank(self) -> int:
        """The place in the order; a higher rank travels less far."""
        return list(Tier).index(self)
