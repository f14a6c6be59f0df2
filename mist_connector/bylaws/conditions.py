"""What a bylaw asks of the facts, as one small declaration that the engine, the hooks and the rules all read.

A condition is written once, in `mappings/`. Three readers give it effect, and are tested to agree:
`bylaws.holds` (the engine, on facts), `blueprint.server_code` (the CRM's hooks, as Python that the server
runs) and `blueprint.server_domain` (the CRM's record rules, as a domain compared when the query runs).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from mist_connector.strict import Strict

from .text import Text

ME = "me"


class Time(StrEnum):
    """When a fact counts."""

    ANY = "any"
    HAPPENED = "happened"  # its date `on` is today or earlier
    IN_FORCE = "in_force"  # today lies between `since` and `until`, both included; no `until`: for ever


class Span(Strict):
    """Two dates of one record, at most so many calendar months apart."""

    start: str
    end: str
    months: int = Field(ge=1)


class Condition(Strict):
    """One condition; exactly one of the forms below is given.

    - `is_set: FIELD`: the field has a value; a date must be today or earlier.
    - `field: FIELD, equals: VALUE`: the field has this value; `me` is the account that asks.
    - `exists: FACTS` / `none: FACTS`: a record behind this relation (not) fulfils all of `where`, counts at
      `time`, and is dated later than every fact that `after` describes.
    - `all`, `any`: of these conditions.
    - `lasts: SPAN`: two dates are at most so many months apart.
    """

    is_set: str | None = None
    field: str | None = None
    equals: str | bool | None = None
    exists: str | None = None
    none: str | None = None
    where: tuple[Condition, ...] = ()
    time: Time = Time.ANY
    after: tuple[Condition, ...] = ()
    all_of: tuple[Condition, ...] | None = Field(default=None, alias="all")
    any_of: tuple[Condition, ...] | None = Field(default=None, alias="any")
    lasts: Span | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = (self.is_set, self.field, self.exists, self.none, self.all_of, self.any_of, self.lasts)
        if sum(form is not None for form in forms) != 1:
            raise ValueError("one of is_set, field, exists, none, all, any, lasts")
        if (self.field is None) != (self.equals is None):
            raise ValueError("field and equals go together")
        if self.facts is None and (self.where or self.after or self.time is not Time.ANY):
            raise ValueError("where, after and time go with exists or none")
        if any(earlier.exists is None for earlier in self.after):
            raise ValueError("after takes conditions of the form exists")
        return self

    @property
    def facts(self) -> str | None:
        """The relation that the condition looks behind, if it looks behind one."""
        return self.exists or self.none


class Requirement(Strict):
    """A condition that a rule of the bylaws sets, and the sentence said where it does not hold."""

    rule: str
    holds: Condition
    otherwise: Text
    # False: the engine needs it to tell the status, but no claim is refused for the lack of it.
    enforced: bool = True
