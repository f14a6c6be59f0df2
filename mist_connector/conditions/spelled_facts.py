"""How a condition on facts is written: which facts, and when they count."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self, assert_never

from pydantic import model_validator

from .forms import Exists, Form, Lacks, Wanted
from .lapse import Lapse
from .spelled import Part, Spelled, counting
from .stated import Stated
from .timing import Age, During, Ever, Happened, InForce, Overlaps, Timing, When


class Time(StrEnum):
    """When a fact counts."""

    ANY = "any"
    HAPPENED = "happened"  # its date `on` is today or earlier
    IN_FORCE = "in_force"  # today lies between `since` and `until`, both included; no `until`: for ever
    DURING = "during"  # its date `on` is today or earlier, after the record's `since` and before its `until`
    OVERLAPS = "overlaps"  # at least one day is between its `since` and `until`, and between the record's own


class _Facts(Spelled):
    where: tuple[Part, ...] = ()
    time: Time = Time.ANY
    at: str | None = None
    within: Lapse | None = None
    before: Lapse | None = None
    after: tuple[Part, ...] = ()
    same: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.at is not None and self.time in {Time.ANY, Time.OVERLAPS}:
            raise ValueError("«\xa0at\xa0» va avec les temps happened, in_force ou during")
        if (self.within or self.before) and self.time not in {Time.ANY, Time.HAPPENED}:
            raise ValueError("«\xa0within\xa0» et «\xa0before\xa0» vont avec happened, ou sans temps")
        return self

    def wanted(self, path: str) -> Wanted:
        """Return the facts that are asked for."""
        return Wanted(path, counting(self.where), Timing(self._when(), self._after(), self.same))

    def _when(self) -> When:
        age = Age(self.within, self.before)
        match self.time:
            case Time.ANY:
                return Ever(age)
            case Time.HAPPENED:
                return Happened(self.at, age)
            case Time.IN_FORCE:
                return InForce(self.at)
            case Time.DURING:
                return During(self.at or "since")
            case Time.OVERLAPS:
                return Overlaps()
            case _ as never:
                assert_never(never)

    def _after(self) -> tuple[Wanted, ...]:
        earlier = counting(self.after)
        found = tuple(each.wanted for each in earlier if isinstance(each, Exists))
        if len(found) < len(earlier):
            raise ValueError("«\xa0after\xa0» prend des conditions «\xa0exists\xa0»")
        return found


class _Exists(_Facts):
    key: ClassVar[str] = "exists"
    exists: str

    def form(self, _: Stated) -> Form:
        return Exists(self.wanted(self.exists))


class _None(_Facts):
    key: ClassVar[str] = "none"
    none: str

    def form(self, _: Stated) -> Form:
        return Lacks(self.wanted(self.none))
