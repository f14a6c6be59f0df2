"""The part of the bylaws that the engine applies to facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from .checks import Check, CheckId
from .conditions import Requirement
from .expectations import Expectation
from .offices import Office
from .statuses import StatusRule
from .text import Text

_T = TypeVar("_T", StatusRule, Office, Check, Expectation)


@dataclass(frozen=True)
class Provisions:
    """Statuses in the order in which they are tried, offices, checks, and expectations.

    A check that is not declared is not made.
    """

    statuses: tuple[StatusRule, ...]
    offices: tuple[Office, ...]
    checks: tuple[Check, ...]
    expectations: tuple[Expectation, ...] = ()

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
        return frozenset(name for each in self.requirements for name in each.holds.relations)

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of everything that may be found; a check that is not made stays known."""
        return (*map(str, CheckId), *(each.id for each in self.expectations))

    def status_label(self, status_id: str | None) -> Text:
        """Return what a status is called; somebody without one only works here."""
        status = self.status(status_id)
        return status.label if status else Text(fr="aucun", en="none")


def _by_id(values: Iterable[_T], wanted: str | None) -> _T | None:
    return next((value for value in values if value.id == wanted), None)
