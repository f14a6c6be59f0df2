"""What a rule of the bylaws demands, with the sentence said where it is missing."""

from __future__ import annotations

from mist_connector.conditions.spelling import Condition
from mist_connector.strict import Strict

from .text import Text


class Requirement(Strict):
    """A condition that a rule of the bylaws sets, and the sentence said where it does not hold.

    It is set only where `when` holds. `cites`: the rule that a refusal names instead of its own, where naming
    that one would tell what the reader may not know.
    """

    rule: str
    cites: str | None = None
    when: Condition | None = None
    holds: Condition
    otherwise: Text

    @property
    def cited(self) -> str:
        """The rule that a refusal names."""
        return self.cites or self.rule
