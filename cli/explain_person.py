"""What the bylaws make of one person on a day: status, roles, findings, and who may read what of her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mist_connector.access.readers import Opening, who_reads
from mist_connector.bylaws.announced import Announced
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.verdict import Claim, Verdict
from mist_connector.crm.rights import Purpose
from mist_connector.declared.everything import Declared
from mist_connector.declared.suggestion import suggest
from mist_connector.errors import MistError
from mist_connector.language import _, worded
from mist_connector.work.people.accounts import read_accounts
from mist_connector.work.people.facts_reading import read_facts
from mist_connector.work.people.sync import Sync

from . import console
from .access import opening_data, opening_rows
from .access_known import register_of, with_own_group
from .agenda import announced_data, announced_rows
from .day import day_of
from .session import opened


@dataclass(frozen=True)
class Explained:
    """What is to be said of a person."""

    verdict: Verdict
    coming: tuple[Announced, ...]
    openings: Sequence[Opening]


def read_person(wanted: Declared, profile: str | None, code: str, day: datetime | None) -> Explained:
    """Read the register once, and decide; MistError with the nearest code where nobody has this one."""
    with opened(profile, Purpose.READ) as crm:
        register, on = read_facts(crm, wanted.blueprint, apart=True), day_of(day, wanted.blueprint, crm)
        accounts = [with_own_group(each, crm.login) for each in read_accounts(crm, wanted.blueprint).accounts]
        sync = Sync(crm, wanted.blueprint, wanted.provisions, wanted.sync)
        verdicts = sync.verdicts(register, on)
    people = [record.facts for record in register.people]
    found = verdicts.of(code)
    if found is None:
        hint = suggest(code, [facts.code for facts in people]) or _("vérifiez le code dans le CRM")
        raise MistError(_("Personne n'a le code {code}.").format(code=code), todo=hint)
    coming = tuple(each for each in breaks(people, wanted.provisions, on=on) if code in each.about)
    openings = who_reads(code, register_of(register), accounts, wanted.blueprint, on=on)
    return Explained(found, coming, openings)


def say_person(person: Explained, wanted: Declared) -> None:
    """Print it in sentences, each with its section of the bylaws."""
    verdict = person.verdict
    label = worded(wanted.provisions.status_label(verdict.status))
    console.say(
        _("{verdict.code}, le {verdict.on:%d/%m/%Y} : {label}").format(verdict=verdict, label=label),
        style="bold",
    )
    if verdict.reached is not None:
        console.say(_("Parce que :"))
        _say_claim(verdict.reached, wanted)
    if verdict.following is not None:
        console.say(_("Pour « {status} » :").format(status=worded(verdict.following.status.label)))
        _say_claim(verdict.following, wanted)
    for role in _roles(verdict, wanted):
        console.say(f"• {role}")
    for finding in verdict.findings:
        rule = rule_words(finding.rule, wanted, whole=False)
        console.say(
            "! "
            + _("{topic} : {what}").format(
                topic=rule, what=f"{worded(finding.text)} → {worded(finding.mend)}"
            )
        )
    if person.coming:
        console.say(_("Si rien ne change d'ici là :"))
        console.table((_("jour"), _("quoi"), _("règle"), _("qui"), ""), announced_rows(person.coming))
    _say_openings(person.openings, wanted)


def _say_openings(openings: Sequence[Opening], wanted: Declared) -> None:
    console.say()
    if not openings:
        console.say(_("Personne ne peut rien lire d'elle par une règle de ce jour."))
        return
    console.say(_("Qui peut lire quoi sur elle :"))
    headers = (_("Compte"), _("Niveau"), _("Peut"), _("Règle"), _("Jusqu'au"), _("Parce que"))
    console.table(headers, [(row[0], *row[2:]) for row in opening_rows(openings)])
    for rule in sorted({each.rule for each in openings}):
        console.say(f"  {rule_words(rule, wanted)}")


def _say_claim(claim: Claim, wanted: Declared) -> None:
    for requirement in claim.met:
        console.say(f"  ✓ {rule_words(requirement.rule, wanted)}")
    for requirement in claim.missing:
        console.say(
            _("  ✗ {rule_words} Manque : {lacking}").format(
                rule_words=rule_words(requirement.rule, wanted), lacking=worded(requirement.otherwise)
            )
        )


def rule_words(rule_id: str, wanted: Declared, *, whole: bool = True) -> str:
    """Return a rule with its section, and what it says."""
    rule = wanted.bylaws.rule(rule_id)
    section = wanted.bylaws.section(rule.section) if rule else None
    if rule is None or section is None:
        return rule_id
    return _("{rule_id} (« {section} »)").format(rule_id=rule_id, section=worded(section)) + (
        _(" : {sentence}").format(sentence=worded(rule)) if whole else ""
    )


def _roles(verdict: Verdict, wanted: Declared) -> list[str]:
    """Return functions, mandates and the agreement in force, in sentences."""
    words = {choice.id: worded(choice.label) for choice in wanted.vocabularies["functions"]}
    offices = {office.id: worded(office.label) for office in wanted.provisions.offices}
    lines = [
        _("fonction : {role}, {span}").format(
            role=words.get(each.role, each.role), span=_span(each.since, each.until)
        )
        for each in verdict.functions
    ]
    lines += [
        _("mandat : {office}{interim}, {span}").format(
            office=offices.get(each.office, each.office),
            interim=_(", par intérim") if each.interim else "",
            span=_span(each.since, each.until),
        )
        for each in verdict.mandates
    ]
    if verdict.agreement is not None:
        span = _span(verdict.agreement.since, verdict.agreement.until)
        lines.append(_("accord de confidentialité, {span}").format(span=span))
    return lines


def _span(since: date, until: date | None) -> str:
    end = _("au {until:%d/%m/%Y}").format(until=until) if until else _("sans fin notée")
    return _("du {since:%d/%m/%Y} {end}").format(since=since, end=end)


def person_data(person: Explained) -> dict[str, object]:
    """Return it for a program."""
    verdict = person.verdict
    return {
        "person": verdict.code,
        "on": verdict.on,
        "status": verdict.status,
        "claims": [_claim_data(claim) for claim in verdict.claims],
        "next": verdict.following.status.id if verdict.following else None,
        "functions": [vars(each) for each in verdict.functions],
        "mandates": [vars(each) for each in verdict.mandates],
        "agreement": vars(verdict.agreement) if verdict.agreement else None,
        "findings": [
            {
                "check": each.check,
                "rule": each.rule,
                "fr": each.text.fr,
                "en": each.text.en,
                "mend": each.mend.fr,
            }
            for each in verdict.findings
        ],
        "coming": [announced_data(each) for each in person.coming],
        "readable_by": [opening_data(each) for each in person.openings],
    }


def _claim_data(claim: Claim) -> dict[str, object]:
    return {
        "status": claim.status.id,
        "met": [requirement.rule for requirement in claim.met],
        "missing": [
            {"rule": each.rule, "fr": each.otherwise.fr, "en": each.otherwise.en} for each in claim.missing
        ],
    }
