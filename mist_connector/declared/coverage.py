"""What gives each rule effect: there already, planned, missing, or a reference that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mist_connector.bylaws.rules import Mechanism, Reference, Rule

from .suggestion import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet


class State(StrEnum):
    """How far a rule is given effect."""

    IMPLEMENTED = "implemented"
    PLANNED = "planned"
    MISSING = "missing"
    DANGLING = "dangling"


@dataclass(frozen=True)
class RuleCoverage:
    """One rule, how far it is given effect, and its references that lead nowhere, each with a hint."""

    rule: Rule
    state: State
    dangling: tuple[tuple[Reference, str], ...] = ()


@dataclass(frozen=True)
class Coverage:
    """The coverage of every rule, in order."""

    rules: tuple[RuleCoverage, ...]

    @property
    def holds(self) -> bool:
        """True if every rule is implemented or planned, and every reference leads somewhere."""
        return all(each.state in {State.IMPLEMENTED, State.PLANNED} for each in self.rules)

    def count(self, state: State) -> int:
        """Return how many rules are in this state."""
        return sum(each.state is state for each in self.rules)

    def of(self, rule_id: str) -> RuleCoverage | None:
        """Return the coverage of one rule."""
        return next((each for each in self.rules if each.rule.id == rule_id), None)


def coverage(rules: Iterable[Rule], known: Mapping[Mechanism, AbstractSet[str]]) -> Coverage:
    """Return how far each rule is given effect, `known` being the ids that exist of each kind.

    A rule that waits for more work counts as planned, even where part of it is there.
    """
    return Coverage(tuple(_cover(rule, known) for rule in rules))


def _cover(rule: Rule, known: Mapping[Mechanism, AbstractSet[str]]) -> RuleCoverage:
    """Return how far one rule is given effect."""
    lost = tuple(
        (reference, suggest(reference.ref, known.get(reference.kind, ())))
        for reference in rule.implemented_by
        if reference.ref not in known.get(reference.kind, ())
    )
    if lost:
        return RuleCoverage(rule, State.DANGLING, lost)
    if rule.planned:
        return RuleCoverage(rule, State.PLANNED)
    return RuleCoverage(rule, State.IMPLEMENTED if rule.implemented_by else State.MISSING)
