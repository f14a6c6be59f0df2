"""What documents made from the register tell: figures, mandates, what is on the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.bylaws.facts import Session, Suggestion

from .counting import Attended, half_year
from .figures import Day
from .mandates_told import Held


@dataclass(frozen=True)
class RegisterTold:
    """The register on the last of `days`; the others are those of the assemblies before it.

    `sessions`: the programme; `occasions`: each activity and day that took place, on the programme or not.
    """

    days: tuple[Day, ...]
    held: Sequence[Held] = ()
    attended: Sequence[Attended] = ()
    sessions: Sequence[Session] = ()
    suggestions: Sequence[Suggestion] = ()
    occasions: Sequence[tuple[str, date]] = ()

    @property
    def on(self) -> date:
        """The day that is told of."""
        return self.days[-1].on

    def since(self, months: int) -> date:
        """Return when the period that is told of begins: the assembly before, or so many months ago."""
        return self.days[-2].on if len(self.days) > 1 else half_year(self.on, months)

    def held_on(self, day: date) -> list[Held]:
        """Return the mandates in force on a day."""
        return [each for each in self.held if each.since <= day and (each.until is None or day <= each.until)]
