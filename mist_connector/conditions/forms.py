"""The forms of a condition: a closed set, one frozen class each.

Every reader is a `match` over all of them that ends in `assert_never`, so that the type checker finds a
reader which forgets one. What a reader does not support, it refuses with `Unread`: nothing is ever left out.
`spelling` says how each form is written in a mapping file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from .timing import ALWAYS, Age, Timing


@dataclass(frozen=True, slots=True)
class IsSet:
    """The field has a value; a date is today or earlier."""

    field: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values."""

    field: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """The field is the account that asks."""

    field: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The facts behind a relation that fulfil all of `where` and count in the window."""

    path: str
    where: tuple[Form, ...] = ()
    timing: Timing = ALWAYS


@dataclass(frozen=True, slots=True)
class Exists:
    """There is such a fact."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Lacks:
    """There is no such fact."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Single:
    """There is one record at most behind this relation."""

    path: str


@dataclass(frozen=True, slots=True)
class Dated:
    """The field has a date of this age, seen from today."""

    field: str
    age: Age


@dataclass(frozen=True, slots=True)
class Day:
    """This very day has the age, seen from today or from the date of this name on the record."""

    day: date
    age: Age
    seen_from: str | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold."""

    parts: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Form


@dataclass(frozen=True, slots=True)
class Lasts:
    """Two dates, of the record or of one that it leads to, are at most so many calendar months apart.

    0 months: the end is not the later.
    """

    start: str
    end: str
    months: int


@dataclass(frozen=True, slots=True)
class Unshared:
    """Of all the records that `path` leads to, none of somebody else has the same value of `same`."""

    path: str
    same: str


class Rounded(StrEnum):
    """Which way half of an odd number goes."""

    UP = "up"
    DOWN = "down"


def half_of(count: int, rounded: Rounded) -> int:
    """Return half of so many."""
    return (count + 1) // 2 if rounded is Rounded.UP else count // 2


@dataclass(frozen=True, slots=True)
class Together:
    """What holds of the records in force together on any one day, seen from one of them.

    `path` leads to all of them, `same` is the field that they share with it. At most `at_most` are in force
    together; of `once` or more, at least `at_least` fulfil `where`, or half of them, `rounded` up or down.
    """

    path: str
    same: str
    at_most: int | None = None
    once: int = 1
    where: Form | None = None
    at_least: int | Literal["half"] = 0
    rounded: Rounded = Rounded.UP


Form: TypeAlias = (
    IsSet
    | OneOf
    | Mine
    | Exists
    | Lacks
    | Single
    | Dated
    | Day
    | AllOf
    | AnyOf
    | Not
    | Lasts
    | Unshared
    | Together
)


class Unread(ValueError):
    """A reader does not support a condition; the sentence, in French, says which part and which reader."""
