"""What will be so on a day to come, if nobody records anything until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .checks import Severity
from .findings import Finding
from .text import Text


class Kind(StrEnum):
    """What kind of thing is coming."""

    ASSEMBLY = "assembly"  # the day of one, or the last day on which one may be held
    BODY = "body"  # a body no longer is what a rule demands
    DUE = "due"  # something is to be done by that day
    END = "end"  # something ends with that day
    FINDING = "finding"  # something that is all right today will be found
    STATUS = "status"  # a status that follows from what is recorded already


@dataclass(frozen=True)
class Announced:
    """One thing to come, by the rule that makes it matter; `because`: whose change brings it about."""

    day: date
    kind: Kind
    rule: str
    text: Text
    severity: Severity = Severity.REMINDER
    code: str | None = None
    others: tuple[str, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[date, int, str, str, str]:
        """What they are sorted by: the next first, then the most pressing."""
        return self.day, self.severity.rank, self.rule, self.code or "", self.text.fr

    @property
    def about(self) -> frozenset[str]:
        """The codes of everybody whom it is about."""
        return frozenset(filter(None, (self.code, *self.others, *self.because)))


def announce(finding: Finding, day: date, kind: Kind, because: tuple[str, ...] = ()) -> Announced:
    """Return a finding as what is coming on a day."""
    return Announced(
        day, kind, finding.rule, finding.text, finding.severity, finding.code, finding.others, because
    )
