"""How rules are shown: rows of a table, lines to read, and JSON."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from mist_connector.bylaws.rules import Work
from mist_connector.declared.coverage import Coverage, RuleCoverage, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mist_connector.bylaws.bylaws import Bylaws
    from mist_connector.bylaws.decisions import Decision

STATES: Mapping[State, str] = MappingProxyType(
    {
        State.IMPLEMENTED: "en place",
        State.PLANNED: "prévue",
        State.MISSING: "sans effet",
        State.DANGLING: "renvoi perdu",
    }
)

WORKS: Mapping[Work, str] = MappingProxyType(
    {
        Work.FACTS: "faits et contrôles",
        Work.CONFIDENTIALITY: "confidentialité",
        Work.ASSEMBLIES: "assemblées",
    }
)

LIST_HEADERS = ("Règle", "Niveau", "Section", "État", "Ce qu’elle dit")
COVERAGE_HEADERS = ("Règle", "Niveau", "État", "Par quoi")


def list_rows(covered: Iterable[RuleCoverage]) -> list[tuple[str, ...]]:
    """Return one row per rule: what it is and what it says."""
    return [
        (each.rule.id, levels(each), each.rule.section, STATES[each.state], each.rule.fr) for each in covered
    ]


def coverage_rows(covered: Iterable[RuleCoverage]) -> list[tuple[str, ...]]:
    """Return one row per rule: how far it is given effect, and by what."""
    return [(each.rule.id, levels(each), STATES[each.state], means(each)) for each in covered]


def levels(covered: RuleCoverage) -> str:
    """Return the levels of a rule, the first one first."""
    return " + ".join(covered.rule.levels)


def means(covered: RuleCoverage) -> str:
    """Return what gives a rule effect, what is planned, and what leads nowhere."""
    lost = {reference for reference, _ in covered.dangling}
    there = [str(reference) for reference in covered.rule.implemented_by if reference not in lost]
    nowhere = [
        f"{reference} n’existe pas" + (f" ({hint})" if hint else "") for reference, hint in covered.dangling
    ]
    planned = [f"{WORKS[work]} (à venir)" for work in covered.rule.planned]
    return "\xa0; ".join(there + nowhere + planned) or "rien"


def summary(coverage: Coverage) -> str:
    """Return the count of each state in one sentence."""
    waiting = Counter(work for each in coverage.rules for work in each.rule.planned)
    works = ", ".join(f"{WORKS[work]}\xa0: {waiting[work]}" for work in Work if waiting[work])
    notes = {State.PLANNED: f" ({works})" if works else ""}
    counts = [f"{STATES[state]}\xa0: {coverage.count(state)}{notes.get(state, '')}" for state in State]
    return f"{len(coverage.rules)} règles. {', '.join(counts).capitalize()}."


def rule_lines(bylaws: Bylaws, covered: RuleCoverage) -> list[str]:
    """Return everything about one rule, line by line."""
    rule = covered.rule
    section = bylaws.section(rule.section)
    lines = [
        f"{rule.id} — {rule.fr}",
        f"({rule.en})",
        "",
        f"Section\xa0: {section.fr if section else rule.section} [{rule.section}]",
        f"Niveau\xa0: {levels(covered)}",
        f"État\xa0: {STATES[covered.state]} — {means(covered)}",
    ]
    decisions = [bylaws.decision(decision_id) for decision_id in rule.decisions]
    lines += [line for decision in decisions if decision for line in _decision_lines(decision)]
    texts = {text.id: text for text in bylaws.texts}
    shown = [texts[each.ref] for each in rule.implemented_by if each.ref in texts]
    return lines + [f"Texte affiché\xa0: «\xa0{text.fr}\xa0» ({text.en})" for text in shown]


def _decision_lines(decision: Decision) -> list[str]:
    """Return a question left open by the bylaws, and what holds today."""
    settled = (
        f"décidé par {decision.decided_by} le {decision.decided_on}" if not decision.is_open else "ouverte"
    )
    return [
        f"Décision {decision.id} ({settled})\xa0: {decision.fr}",
        f"  En vigueur\xa0: {decision.in_force.fr}{decision.figures}",
    ]


def rule_json(bylaws: Bylaws, covered: RuleCoverage) -> dict[str, object]:
    """Return everything about one rule, for a program."""
    named = [bylaws.decision(decision_id) for decision_id in covered.rule.decisions]
    return {
        **covered.rule.model_dump(mode="json", exclude={"decisions"}),
        "state": covered.state,
        "dangling": [str(reference) for reference, _ in covered.dangling],
        "decisions": [
            {
                **decision.model_dump(mode="json", include={"id", "fr", "en", "answer", "numbers", "words"}),
                "in_force": {"fr": decision.in_force.fr, "en": decision.in_force.en},
                "open": decision.is_open,
            }
            for decision in named
            if decision
        ],
    }


def coverage_json(coverage: Coverage) -> dict[str, object]:
    """Return the coverage of all rules, for a program."""
    return {
        "holds": coverage.holds,
        "counts": {state.value: coverage.count(state) for state in State},
        "rules": [
            {
                "id": each.rule.id,
                "level": each.rule.level,
                "state": each.state,
                "implemented_by": [str(reference) for reference in each.rule.implemented_by],
                "planned": list(each.rule.planned),
                "dangling": [str(reference) for reference, _ in each.dangling],
            }
            for each in coverage.rules
        ],
    }
