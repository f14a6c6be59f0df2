"""The part of the bylaws that the engine applies to facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from mist_connector.conditions.relations import relations
from mist_connector.strict import Strict

from .checks import Check, CheckId
from .expectations import Expectation
from .offices import Office
from .requirements import Requirement
from .statuses import StatusRule
from .text import Text

_T = TypeVar("_T", StatusRule, Office, Check, Expectation)


@dataclass(frozen=True)
class FieldInWords:
    """Where a value stands in the CRM, as its form says it, and the rule that asks for it.

    Without one of its own, that of neutral codes: what the register holds is neutral, and so must be right.
    """

    label: Text
    rule: str = ""


# The ends of terms, and the days by which something decided is to be done.
_MAY_LIE_FAR = frozenset({"until", "due_on"})


class Plausible(Strict):
    """Which days are likely: from `first_year` on, so many months ahead at most; ends and dues further."""

    first_year: int = 1
    months_ahead: int = 12_000
    months_until: int = 12_000

    def doubts(self, day: date, name: str, *, on: date) -> bool:
        """Tell whether a day is improbable, seen from today; `name`: of its field."""
        months = self.months_until if name in _MAY_LIE_FAR else self.months_ahead
        return day.year < self.first_year or day > on + relativedelta(months=months)


@dataclass(frozen=True)
class Provisions:
    """Statuses in the order in which they are tried, offices, checks, and expectations.

    A check that is not declared is not made. `fields`: where a value stands in the CRM, in words, by the kind
    of fact and its name. `earliest`: the first year that can be right.
    `secrecy`: the rule of neutral codes. `plausible`: the days that are likely.
    """

    statuses: tuple[StatusRule, ...]
    offices: tuple[Office, ...]
    checks: tuple[Check, ...]
    expectations: tuple[Expectation, ...] = ()
    fields: Mapping[tuple[str, str], FieldInWords] = field(default_factory=dict, compare=False)
    earliest: int = 1
    secrecy: str = ""
    plausible: Plausible = field(default_factory=Plausible)

    def status(self, status_id: str | None) -> StatusRule | None:
        """Return a status by its id."""
        return _by_id(self.statuses, status_id)

    def office(self, office_id: str) -> Office | None:
        """Return an office by its id."""
        return _by_id(self.offices, office_id)

    def check(self, check_id: CheckId) -> Check | None:
        """Return a check by its id, or None where it is not made."""
        return _by_id(self.checks, check_id)

    def expectation(self, expectation_id: str | None) -> Expectation | None:
        """Return an expectation by its id."""
        return _by_id(self.expectations, expectation_id)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the statuses require, each once."""
        return tuple({id(each): each for status in self.statuses for each in status.requires}.values())

    @property
    def relations_of_statuses(self) -> frozenset[str]:
        """The kinds of fact that statuses are decided from."""
        return frozenset(name for each in self.requirements for name in relations(each.holds))

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of everything that may be found; a check that is not made stays known."""
        return (*map(str, CheckId), *(each.id for each in self.expectations))

    def field_in_words(self, kind: str, name: str) -> FieldInWords:
        """Return where a value stands in the CRM."""
        return self.fields.get((kind, name), FieldInWords(Text(fr=name, en=name), self.secrecy))

    def status_label(self, status_id: str | None) -> Text:
        """Return what a status is called; somebody without one only works here."""
        status = self.status(status_id)
        return status.label if status else Text(fr="aucun", en="none")


def _by_id(values: Iterable[_T], wanted: str | None) -> _T | None:
    return next((value for value in values if value.id == wanted), None)
