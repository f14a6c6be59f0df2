"""The tiers of confidentiality in words."""

from __future__ import annotations

from .text import Text
from .tiers import Tier


class TierMeaning(Text):
    """The name of one tier, and what belongs to it."""

    id: Tier
    means: Text
