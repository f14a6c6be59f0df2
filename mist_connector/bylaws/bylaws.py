"""The bylaws as one value: what the files declare, checked and composed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .decisions import Decision
    from .form_texts import FormText
    from .matrix import Matrix
    from .rules import Rule
    from .sections import Section
    from .tier_meanings import TierMeaning


@dataclass(frozen=True)
class Bylaws:
    """Everything that the association's text says, each part in the order of its file."""

    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    decisions: tuple[Decision, ...]
    tiers: tuple[TierMeaning, ...]
    texts: tuple[FormText, ...]
    matrix: Matrix

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule by its id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def section(self, section_id: str) -> Section | None:
        """Return a section by its id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def decision(self, decision_id: str) -> Decision | None:
        """Return a decision by its id."""
        return next((decision for decision in self.decisions if decision.id == decision_id), None)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """The decisions that the association has not settled."""
        return tuple(decision for decision in self.decisions if decision.is_open)
