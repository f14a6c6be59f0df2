"""How a condition is written in a mapping file, and what it is read as.

Exactly one of the forms below is given. `condition` reads one that Python code writes out as a mapping.

- `is_set: FIELD`: the field has a value; a date must be today or earlier.
- `field: FIELD, equals: VALUE` or `in: [VALUE, …]`: the field has this value, or one of these; `me` is the
  account that asks.
- `exists: FACTS` / `none: FACTS`: a record behind this relation (not) fulfils all of `where`, counts at
  `time`, and is dated later than every fact that `after` describes. With `at`, `time` looks from the date of
  this name on the record instead of from today. With `within`, the fact is dated so recently at most; with
  `before`, so long ago at least. With `same`, it has the values of these fields that the record has.
  `at`, with the time `during`: after that date instead of `since`.
- `single: FACTS`: there is one record at most behind this relation.
- `dated: FIELD`: the date is set, and `within` or `before` so long ago, seen from today.
- `day: DATE`: this very day is `within` or `before` so long ago, seen from today or, with `at`, from the date
  of this name on the record.
- `all`, `any`: of these conditions. `not`: the contrary of one.
- `lasts: {start, end, months}`: two dates, of the record or of one that it leads to, are at most so many
  calendar months apart. 0 months: the end is not the later. Months may be a number of a decision, as
  `Q14.validity_months`.
- `named: NAME`: the condition that some mapping file declares under this name.
- `unshared: {facts, same}`: nobody else's records have the same value of this field.
- `together: CROWD`: of the records in force together; only by itself, as the whole of a requirement.

One that stands in a list may be `decided: QUESTION.ANSWER`: it counts only while that answer is in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from mist_connector.strict import Strict

from .forms import (
    AllOf,
    AnyOf,
    Dated,
    Day,
    Form,
    IsSet,
    Lasts,
    Mine,
    Not,
    OneOf,
    Rounded,
    Single,
    Together,
    Unshared,
)
from .lapse import Lapse
from .spelled import DECIDED, Condition, Part, Spelled, counting, shapes
from .spelled_facts import Time
from .stated import Stated
from .timing import Age

__all__ = ["DECIDED", "FORMS", "ME", "Condition", "Time", "condition"]

ME = "me"


class _IsSet(Spelled):
    key: ClassVar[str] = "is_set"
    is_set: str

    def form(self, _: Stated) -> Form:
        return IsSet(self.is_set)


class _Field(Spelled):
    key: ClassVar[str] = "field"
    field: str
    equals: str | bool | None = None
    one_of: tuple[str | bool, ...] | None = Field(default=None, alias="in", min_length=1)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.equals is None) == (self.one_of is None):
            raise ValueError("«\xa0field\xa0» va avec «\xa0equals\xa0», ou avec «\xa0in\xa0»")
        return self

    def form(self, _: Stated) -> Form:
        values = self.one_of or ()
        if ME in values:
            raise ValueError("«\xa0me\xa0» va avec «\xa0equals\xa0»")
        if self.equals == ME:
            return Mine(self.field)
        return OneOf(self.field, values if self.equals is None else (self.equals,))


class _Single(Spelled):
    key: ClassVar[str] = "single"
    single: str

    def form(self, _: Stated) -> Form:
        return Single(self.single)


class _Dated(Spelled):
    key: ClassVar[str] = "dated"
    dated: str
    within: Lapse | None = None
    before: Lapse | None = None

    def form(self, _: Stated) -> Form:
        return Dated(self.dated, Age(self.within, self.before))


class _Day(Spelled):
    key: ClassVar[str] = "day"
    day: date
    within: Lapse | None = None
    before: Lapse | None = None
    at: str | None = None

    def form(self, _: Stated) -> Form:
        age = Age(self.within, self.before)
        if not age:
            raise ValueError("«\xa0day\xa0» va avec «\xa0within\xa0» ou «\xa0before\xa0»")
        return Day(self.day, age, self.at)


class _All(Spelled):
    key: ClassVar[str] = "all"
    every: tuple[Part, ...] = Field(alias="all")

    def form(self, _: Stated) -> Form:
        return AllOf(counting(self.every))


class _Any(Spelled):
    key: ClassVar[str] = "any"
    some: tuple[Part, ...] = Field(alias="any")

    def form(self, _: Stated) -> Form:
        return AnyOf(counting(self.some))


class _Not(Spelled):
    key: ClassVar[str] = "not"
    contrary: Condition = Field(alias="not")

    def form(self, _: Stated) -> Form:
        return Not(self.contrary)


class _Span(Strict):
    start: str
    end: str
    months: Annotated[int, Field(ge=0)] | str


class _Lasts(Spelled):
    key: ClassVar[str] = "lasts"
    lasts: _Span

    def form(self, stated: Stated) -> Form:
        months = self.lasts.months
        counted = months if isinstance(months, int) else stated.number(months)
        return Lasts(self.lasts.start, self.lasts.end, counted)


class _Named(Spelled):
    key: ClassVar[str] = "named"
    named: str

    def form(self, stated: Stated) -> Form:
        return stated.named(self.named)


class _Values(Strict):
    facts: str
    same: str


class _Unshared(Spelled):
    key: ClassVar[str] = "unshared"
    unshared: _Values

    def form(self, _: Stated) -> Form:
        return Unshared(self.unshared.facts, self.unshared.same)


class _Crowd(_Values):
    at_most: int | None = Field(default=None, ge=1)
    once: int = Field(default=1, ge=1)
    where: Condition | None = None
    at_least: int | Literal["half"] = 0
    rounded: Rounded = Rounded.UP


class _Together(Spelled):
    key: ClassVar[str] = "together"
    together: _Crowd

    def form(self, _: Stated) -> Form:
        crowd = self.together
        most, once, least = crowd.at_most, crowd.once, crowd.at_least
        return Together(crowd.facts, crowd.same, most, once, crowd.where, least, crowd.rounded)


_READ: TypeAdapter[Form] = TypeAdapter(Condition)


def condition(written: Mapping[str, object], /) -> Form:
    """Return the condition that a mapping spells; pydantic's ValidationError where it spells none."""
    return _READ.validate_python(written, strict=False)


# The key of each form, in the order of the description.
FORMS = tuple(tag.partition(":")[2] for tag in shapes())
