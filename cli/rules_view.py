"""How rules are shown: rows of a table, lines to read, and JSON."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from mist_connector.bylaws.rules import Work
from mist_connector.declared.coverage import Coverage, RuleCoverage, State
from mist_connector.language import _, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mist_connector.bylaws.bylaws import Bylaws
    from mist_connector.bylaws.decisions import Decision

STATES: Mapping[State, str] = MappingProxyType(
    {
        State.IMPLEMENTED: _("en place"),
        State.PLANNED: _("prévue"),
        State.MISSING: _("sans effet"),
        State.DANGLING: _("renvoi perdu"),
    }
)

WORKS: Mapping[Work, str] = MappingProxyType(
    {
        Work.FACTS: _("faits et contrôles"),
        Work.CONFIDENTIALITY: _("confidentialité"),
        Work.ASSEMBLIES: _("assemblées"),
    }
)

LIST_HEADERS = (_("Règle"), _("Force"), _("Section"), _("État"), _("Ce qu’elle dit"))
COVERAGE_HEADERS = (_("Règle"), _("Force"), _("État"), _("Par quoi"))


def list_rows(covered: Iterable[RuleCoverage]) -> list[tuple[str, ...]]:
    """Return one row per rule: what it is and what it says."""
    return [
        (each.rule.id, levels(each), each.rule.section, STATES[each.state], worded(each.rule))
        for each in covered
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
        _("{reference} n’existe pas").format(reference=reference) + (f" ({hint})" if hint else "")
        for reference, hint in covered.dangling
    ]
    planned = [_("{work} (à venir)").format(work=WORKS[work]) for work in covered.rule.planned]
    return "\xa0; ".join(there + nowhere + planned) or _("rien")


def summary(coverage: Coverage) -> str:
    """Return the count of each state in one sentence."""
    waiting = Counter(work for each in coverage.rules for work in each.rule.planned)
    works = ", ".join(f"{WORKS[work]}\xa0: {waiting[work]}" for work in Work if waiting[work])
    notes = {State.PLANNED: f" ({works})" if works else ""}
    counts = [f"{STATES[state]}\xa0: {coverage.count(state)}{notes.get(state, '')}" for state in State]
    return _("{rules} règles. {counts}.").format(
        rules=len(coverage.rules), counts=", ".join(counts).capitalize()
    )


def rule_lines(bylaws: Bylaws, covered: RuleCoverage) -> list[str]:
    """Return everything about one rule, line by line."""
    rule = covered.rule
    section = bylaws.section(rule.section)
    lines = [
        f"{rule.id} — {worded(rule)}",
        "",
        _("Section\xa0: {title} [{rule.section}]").format(
            title=worded(section) if section else rule.section, rule=rule
        ),
        _("Force\xa0: {levels}").format(levels=levels(covered)),
        _("État\xa0: {state} — {means}").format(state=STATES[covered.state], means=means(covered)),
    ]
    decisions = [bylaws.decision(decision_id) for decision_id in rule.decisions]
    lines += [line for decision in decisions if decision for line in _decision_lines(decision)]
    texts = {text.id: text for text in bylaws.texts}
    shown = [texts[each.ref] for each in rule.implemented_by if each.ref in texts]
    return lines + [_("Texte affiché\xa0: «\xa0{text}\xa0»").format(text=worded(text)) for text in shown]


def _decision_lines(decision: Decision) -> list[str]:
    """Return a question left open by the bylaws, and what holds today."""
    settled = (
        _("décidé par {decision.decided_by} le {decision.decided_on}").format(decision=decision)
        if not decision.is_open
        else _("ouverte")
    )
    return [
        _("Décision {decision.id} ({settled})\xa0: {question}").format(
            decision=decision, question=worded(decision), settled=settled
        ),
        _("  En vigueur\xa0: {answer}{decision.figures}").format(
            decision=decision, answer=worded(decision.in_force)
        ),
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
