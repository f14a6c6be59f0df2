"""`mist explain`: why a person has her status and what is missing for the next; or what a rule says."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import click

from mist_connector.bylaws.rules import RULE_ID, Rule
from mist_connector.bylaws.verdict import Claim, Verdict, Verdicts
from mist_connector.crm.facts_reading import read_facts
from mist_connector.crm.sync import Sync
from mist_connector.declared.everything import Declared
from mist_connector.declared.suggestion import suggest
from mist_connector.errors import MistError

from . import console
from .declared_mappings import declared
from .options import day_of, day_option, json_option, mappings_option, profile_option
from .session import opened


@click.command(
    help=(
        "Explique le statut d'une personne (QUOI : son code) ou une règle (QUOI : son identifiant).\n\n"
        "(Explains a person's status, or a rule.)"
    )
)
@click.argument("what", metavar="QUOI")
@day_option
@profile_option
@mappings_option
@json_option
def command(
    *, what: str, day: datetime | None, profile: str | None, mappings: Path | None, as_json: bool
) -> None:
    """Explain a rule without any CRM, or a person from her facts."""
    wanted = declared(mappings)
    if re.fullmatch(RULE_ID, what.upper()):
        _explain_rule(wanted, what.upper(), as_json=as_json)
        return
    _explain_person(_verdict(wanted, profile, what.upper(), day_of(day)), wanted, as_json=as_json)


def _verdict(wanted: Declared, profile: str | None, code: str, on: date) -> Verdict:
    with opened(profile) as crm:
        sync = Sync(crm, wanted.blueprint, wanted.provisions, wanted.sync)
        verdicts: Verdicts = sync.verdicts(read_facts(crm, wanted.blueprint, apart=True), on)
    found = verdicts.of(code)
    if found is None:
        raise MistError(f"Personne n'a le code {code}.", todo="vérifiez le code dans le CRM")
    return found


def _explain_rule(wanted: Declared, rule_id: str, *, as_json: bool) -> None:
    rule = wanted.bylaws.rule(rule_id)
    if rule is None:
        hint = suggest(rule_id, [rule.id for rule in wanted.bylaws.rules]) or "voyez « mist rules list »"
        raise MistError(f"Il n'y a pas de règle {rule_id}.", todo=hint)
    if as_json:
        console.emit_json({**rule.model_dump(mode="json"), "requirements": _requirements(wanted, rule_id)})
        return
    section = wanted.bylaws.section(rule.section)
    console.say(f"{rule.id} — {section.fr if section else rule.section}", style="bold")
    console.say(rule.fr)
    console.say(f"({rule.en})")
    for line in _effects(wanted, rule):
        console.say(f"  • {line}")


def _effects(wanted: Declared, rule: Rule) -> list[str]:
    """Return what the rule does, in sentences."""
    lines = [f"niveau : {', '.join(rule.levels)}"]
    lines += [f"exigée pour le statut {each}" for each in _requirements(wanted, rule.id)]
    lines += [f"appliquée par {reference}" for reference in rule.implemented_by]
    lines += [
        f"dépend de {decision.id} : {decision.fr} En vigueur : {decision.in_force.fr}"
        for decision in wanted.bylaws.decisions
        if decision.id in rule.decisions
    ]
    return lines


def _requirements(wanted: Declared, rule_id: str) -> list[str]:
    """Return the statuses that a rule is required for."""
    return [
        status.label.fr
        for status in wanted.provisions.statuses
        if any(requirement.rule == rule_id for requirement in status.requires)
    ]


def _explain_person(verdict: Verdict, wanted: Declared, *, as_json: bool) -> None:
    if as_json:
        console.emit_json(_person_data(verdict))
        return
    label = wanted.provisions.status_label(verdict.status).fr
    console.say(f"{verdict.code}, le {verdict.on.isoformat()} : {label}", style="bold")
    if verdict.reached is not None:
        console.say("Parce que :")
        _say_claim(verdict.reached, wanted)
    if verdict.following is not None:
        console.say(f"Pour « {verdict.following.status.label.fr} » :")
        _say_claim(verdict.following, wanted)
    for role in _roles(verdict, wanted):
        console.say(f"• {role}")
    for finding in verdict.findings:
        console.say(f"! {finding.rule} : {finding.text.fr} → {finding.mend.fr}")


def _say_claim(claim: Claim, wanted: Declared) -> None:
    for requirement in claim.met:
        console.say(f"  ✓ {_rule(requirement.rule, wanted)}")
    for requirement in claim.missing:
        console.say(f"  ✗ {_rule(requirement.rule, wanted)} Manque : {requirement.otherwise.fr}")


def _rule(rule_id: str, wanted: Declared) -> str:
    rule = wanted.bylaws.rule(rule_id)
    section = wanted.bylaws.section(rule.section) if rule else None
    if rule is None or section is None:
        return rule_id
    return f"{rule_id} (« {section.fr} ») : {rule.fr}"


def _roles(verdict: Verdict, wanted: Declared) -> list[str]:
    """Return functions, mandates and the agreement in force, in sentences."""
    words = {choice.id: choice.label.fr for choice in wanted.vocabularies["functions"]}
    offices = {office.id: office.label.fr for office in wanted.provisions.offices}
    lines = [
        f"fonction : {words.get(each.role, each.role)}, depuis le {each.since}" for each in verdict.functions
    ]
    lines += [
        f"mandat : {offices.get(each.office, each.office)}, du {each.since} au {each.until}"
        for each in verdict.mandates
    ]
    if verdict.agreement is not None:
        lines.append(f"accord de confidentialité en vigueur jusqu'au {verdict.agreement.until}")
    return lines


def _person_data(verdict: Verdict) -> dict[str, object]:
    return {
        "person": verdict.code,
        "on": verdict.on,
        "status": verdict.status,
        "claims": [
            {
                "status": claim.status.id,
                "met": [requirement.rule for requirement in claim.met],
                "missing": [
                    {"rule": each.rule, "fr": each.otherwise.fr, "en": each.otherwise.en}
                    for each in claim.missing
                ],
            }
            for claim in verdict.claims
        ],
        "next": verdict.following.status.id if verdict.following else None,
        "functions": [vars(each) for each in verdict.functions],
        "mandates": [vars(each) for each in verdict.mandates],
        "findings": [{"rule": each.rule, "fr": each.text.fr} for each in verdict.findings],
    }
