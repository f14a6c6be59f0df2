"""What staff chose that a convocation says, and what the last one that left said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlaceChoice:
    """What staff chose of the place: to tell it (perhaps from a day on), or to keep it secret."""

    told: bool = False
    secret: bool = False


@dataclass(frozen=True)
class Convocation:
    """What the convocation would say now, what the last one that left said, and to how many people.

    `day`: the day that it announced; `edition`: 0 before the first one; `checked`: the content for which
    staff were told the numbers.
    """

    says: str = ""
    said: str = ""
    day: date | None = None
    reached: int = 0
    edition: int = 0
    checked: str = ""

    @property
    def is_outdated(self) -> bool:
        """True where people know a day, a place or an agenda that is no longer that of the assembly."""
        return bool(self.said) and self.said != self.says

    @property
    def next_edition(self) -> int:
        """The edition that the content of now belongs to."""
        return self.edition if self.said and not self.is_outdated else self.edition + 1
