"""When a fact counts: one value that a reader takes as a whole, or refuses.

A day to look from is today or, with `seen_from`, the date of this name on the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from .forms import Wanted
    from .lapse import Lapse


@dataclass(frozen=True, slots=True)
class Age:
    """How recent a date is at most (`within`), and how long ago at least (`before`)."""

    within: Lapse | None = None
    before: Lapse | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is asked."""
        return self.within is not None or self.before is not None


ANY_AGE = Age()


@dataclass(frozen=True, slots=True)
class Ever:
    """Whenever it was or will be; its date `on` has the age, seen from today."""

    age: Age = ANY_AGE


@dataclass(frozen=True, slots=True)
class Happened:
    """Its date `on` is the day looked from or earlier, and has the age, seen from there."""

    seen_from: str | None = None
    age: Age = ANY_AGE


@dataclass(frozen=True, slots=True)
class InForce:
    """The day looked from lies between `since` and `until`, both included; without `until`: for ever."""

    seen_from: str | None = None


@dataclass(frozen=True, slots=True)
class During:
    """Its date `on` is today or earlier, after the record's date `since` and before its `until`."""

    since: str = "since"


@dataclass(frozen=True, slots=True)
class Overlaps:
    """At least one day lies between its `since` and `until`, and between the record's own."""


EVER = Ever()

When: TypeAlias = Ever | Happened | InForce | During | Overlaps


@dataclass(frozen=True, slots=True)
class Timing:
    """When a fact counts, which facts it must be later than, and which values it shares with the record."""

    when: When = EVER
    after: tuple[Wanted, ...] = ()
    same: tuple[str, ...] = ()


ALWAYS = Timing()
