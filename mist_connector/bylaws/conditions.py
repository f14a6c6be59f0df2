"""What a bylaw asks of the facts, as one small declaration that the engine, the hooks and the rules all read.

A condition is written once, in `mappings/`. Three readers give it effect, and are tested to agree:
`bylaws.holds` (the engine, on facts), `blueprint.server_code` (the CRM's hooks, as Python that the server
runs) and `blueprint.server_domain` (the CRM's record rules, as a domain compared when the query runs).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mist_connector.strict import Strict

from .text import Text

ME = "me"
# An answer to a question that the bylaws leave open: the question, and the answer.
DECIDED = r"^Q[0-9]{2}\.[a-z_]+$"


class Time(StrEnum):
    """When a fact counts."""

    ANY = "any"
    HAPPENED = "happened"  # its date `on` is today or earlier
    IN_FORCE = "in_force"  # today lies between `since` and `until`, both included; no `until`: for ever
    DURING = "during"  # its date `on` is today or earlier, after the record's `since` and before its `until`
    OVERLAPS = "overlaps"  # at least one day is between its `since` and `until`, and between the record's own


class Span(Strict):
    """Two dates, of one record or of one that it leads to, at most so many calendar months apart.

    0 months: the second one is not the later. Months may be a number of a decision, as `Q14.validity_months`,
    which is put in place first.
    """

    start: str
    end: str
    months: Annotated[int, Field(ge=0)] | str


class Lapse(Strict):
    """A stretch of calendar months and days before a day; negative ones reach ahead of it."""

    months: int = 0
    days: int = 0


class Rounded(StrEnum):
    """Which way half of an odd number goes."""

    UP = "up"
    DOWN = "down"


def half_of(count: int, rounded: Rounded) -> int:
    """Return half of so many."""
    return (count + 1) // 2 if rounded is Rounded.UP else count // 2


class Together(Strict):
    """What holds of the records in force together on any one day, seen from one of them.

    `facts` leads to all of them, `same` is the field that they share with it. At most `at_most` are in force
    together; of `once` or more, at least `at_least` fulfil `where`, or half of them, `rounded` up or down.
    """

    facts: str
    same: str
    at_most: int | None = Field(default=None, ge=1)
    once: int = Field(default=1, ge=1)
    where: Condition | None = None
    at_least: int | Literal["half"] = 0
    rounded: Rounded = Rounded.UP


class Unshared(Strict):
    """Of all the records that `facts` leads to, none of somebody else has the same value of `same`."""

    facts: str
    same: str


class Condition(Strict):
    """One condition; exactly one of the forms below is given.

    - `is_set: FIELD`: the field has a value; a date must be today or earlier.
    - `field: FIELD, equals: VALUE`: the field has this value; `me` is the account that asks.
    - `exists: FACTS` / `none: FACTS`: a record behind this relation (not) fulfils all of `where`, counts at
      `time`, and is dated later than every fact that `after` describes. With `at`, `time` looks from the
      date of this name on the record instead of from today. With `within`, the fact is dated so recently
      at most; with `before`, so long ago at least. With `same`, it has the values of these fields that the
      record has.
      `at`, with the time `during`: after that date instead of `since`.
    - `single: FACTS`: there is one record at most behind this relation.
    - `dated: FIELD`: the date is set, and `within` or `before` so long ago, seen from today.
    - `day: DATE`: this very day is `within` or `before` so long ago, seen from today or, with `at`, from the
      date of this name on the record.
    - `all`, `any`: of these conditions. `not`: the contrary of one.
    - `lasts: SPAN`: two dates are at most so many months apart.
    - `named: NAME`: the condition of this name; declared once, put in its place before anything reads it.
    - `unshared: VALUE`: nobody else's records have the same value of this field.
    - `together: CROWD`: of the records in force together; only by itself, as the whole of a requirement.

    Any of them may be `decided: QUESTION.ANSWER`: among the parts of an `any`, it counts only while that
    answer is in force.
    """

    is_set: str | None = None
    field: str | None = None
    equals: str | bool | None = None
    exists: str | None = None
    none: str | None = None
    single: str | None = None
    same: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    time: Time = Time.ANY
    after: tuple[Condition, ...] = ()
    at: str | None = None
    within: Lapse | None = None
    before: Lapse | None = None
    all_of: tuple[Condition, ...] | None = Field(default=None, alias="all")
    any_of: tuple[Condition, ...] | None = Field(default=None, alias="any")
    dated: str | None = None
    day: date | None = None
    contrary: Condition | None = Field(default=None, alias="not")
    lasts: Span | None = None
    together: Together | None = None
    unshared: Unshared | None = None
    named: str | None = None
    decided: str | None = Field(default=None, pattern=DECIDED)

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        simple = (self.is_set, self.field, self.exists, self.none, self.single, self.named)
        own = (self.dated, self.day, self.lasts, self.together, self.unshared)
        forms = (*simple, *own, self.contrary, self.all_of, self.any_of)
        if sum(form is not None for form in forms) != 1:
            raise ValueError("one form only, of those that the description lists")
        if (self.field is None) != (self.equals is None):
            raise ValueError("field and equals go together")
        if self.facts is None and any((self.where, self.same, self.after, self.time is not Time.ANY)):
            raise ValueError("where, same, after and time go with exists or none")
        if self.facts is None and self.day is None and self.at is not None:
            raise ValueError("at goes with exists, none or day")
        near = any((self.within, self.before))
        if near and self.facts is None and self.dated is None and self.day is None:
            raise ValueError("within and before go with exists, none, dated or day")
        if self.day is not None and not near:
            raise ValueError("day goes with within or before")
        if self.at is not None and self.facts is not None and self.time in {Time.ANY, Time.OVERLAPS}:
            raise ValueError("at goes with the times happened and in_force, or during")
        if any(earlier.exists is None for earlier in self.after):
            raise ValueError("after takes conditions of the form exists")
        return self

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions on the same record that this one is made of."""
        contrary = () if self.contrary is None else (self.contrary,)
        return (*(self.all_of or ()), *(self.any_of or ()), *contrary)

    @property
    def relations(self) -> frozenset[str]:
        """Every kind of fact that the condition looks at, by the first step that leads there."""
        below = frozenset(name for part in (*self.parts, *self.after) for name in part.relations)
        return below | {path.partition(".")[0] for path in (self.facts, self.single) if path}

    @property
    def facts(self) -> str | None:
        """The relation that the condition looks behind, if it looks behind one."""
        return self.exists or self.none


class Requirement(Strict):
    """A condition that a rule of the bylaws sets, and the sentence said where it does not hold.

    It is set only where `when` holds. `cites`: the rule that a refusal names instead of its own, where naming
    that one would tell what the reader may not know. `lapses`: of a status, that it may cease to hold by the
    mere passing of time; nothing else is refused for it then, the status falls to what the facts still give.
    """

    rule: str
    cites: str | None = None
    when: Condition | None = None
    holds: Condition
    otherwise: Text
    # False: the engine needs it to tell the status, but no claim is refused for the lack of it.
    enforced: bool = True
    lapses: bool = False

    @property
    def cited(self) -> str:
        """The rule that a refusal names."""
        return self.cites or self.rule
