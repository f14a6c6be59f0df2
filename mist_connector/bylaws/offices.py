"""Offices held by mandate: how long, by how many people, and what these must be."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from mist_connector.conditions.forms import Exists, Form, OneOf, Rounded, Wanted, half_of
from mist_connector.conditions.timing import Happened, Timing
from mist_connector.strict import Strict

from .rules import RULE_ID
from .statuses import ID
from .text import Text


class Because(Strict):
    """A demand that a rule of the bylaws makes, and that needs no more than its name."""

    rule: str = Field(pattern=RULE_ID)


class Number(Because):
    """A number that a rule of the bylaws sets."""

    value: int = Field(ge=1)


# Levels of a language, the lowest first, as Europe counts them.
LEVELS = ("a1", "a2", "b1", "b2", "c1", "c2")


class French(Number):
    """How many of the holders speak French, at least.

    Each says so herself, or with a `level`, staff have attested it or a higher one, as a step (Q08).
    """

    level: Literal["a1", "a2", "b1", "b2", "c1", "c2"] | None = None

    @cached_property
    def spoken(self) -> Form:
        """What holds of somebody who speaks it."""
        if self.level is None:
            return OneOf("speaks_french", (True,))
        enough = LEVELS[LEVELS.index(self.level) :]
        attested = OneOf("kind", tuple(f"french_{level}" for level in enough))
        return Exists(Wanted("steps", (attested,), Timing(Happened())))


class StatusWanted(Because):
    """A status that a rule of the bylaws demands."""

    value: str = Field(pattern=ID)


class Half(StatusWanted):
    """The status of at least half of the holders; an odd number's half is rounded up or down (Q09)."""

    rounded: Rounded = Rounded.UP

    def of(self, count: int) -> int:
        """Return half of so many: rounded up, 7 → 4, 8 → 4, 9 → 5."""
        return half_of(count, self.rounded)


class Elected(Because):
    """Elected by a general assembly; a replacement serves the rest of the term, or one of her own (Q07)."""

    rest_of_term: bool = True


class OfficesApart(Because):
    """Offices that nobody holds at the same time, by a rule of the bylaws."""

    value: tuple[str, ...] = Field(min_length=1)


class ChosenBy(Because):
    """Who chooses, by a rule of the bylaws; `office`: held by somebody on the day of the choice."""

    value: Text
    office: str | None = Field(default=None, pattern=ID)


PARTS = (
    "months", "seats", "least", "requires_status", "french", "half", "apart_from", "chosen", "accepted",
    "consent", "elected", "vacancy",
)  # fmt: skip


class Office(Strict):
    """An office, e.g. delegate; each part is there where a rule of the bylaws sets it.

    `months`: the longest mandate. `seats`: the most holders, and without `least` also the fewest.
    `requires_status`: of whoever takes office. `french`: how many of the holders speak French, at least.
    `half`: the status of at least half of the holders. `apart_from`: offices that nobody holds beside it.
    `chosen`, `accepted`: the choice, and her own yes, are recorded. `consent`: to be seen in public.
    `elected`: by a general assembly; who replaces her mid-term serves the rest, as interim (Q07).
    `vacancy`: a seat that falls empty is to be filled.
    """

    id: str = Field(pattern=ID)
    label: Text
    months: Number | None = None
    seats: Number | None = None
    least: Number | None = None
    requires_status: StatusWanted | None = None
    french: French | None = None
    half: Half | None = None
    apart_from: OfficesApart | None = None
    chosen: ChosenBy | None = None
    accepted: Because | None = None
    consent: Because | None = None
    elected: Elected | None = None
    vacancy: Because | None = None

    @property
    def fewest(self) -> Number | None:
        """How many holders there are at least."""
        return self.least or self.seats

    @property
    def first_part(self) -> Because | None:
        """The first part that a rule sets: what is said of the office as a whole goes by its rule."""
        return next((part for part in map(self.part, PARTS) if part is not None), None)

    def part(self, name: str) -> Because | None:
        """Return one of PARTS, or None where no rule sets it."""
        found: Because | None = getattr(self, name)
        return found
