"""What a rule says, how it is held, by what, and whom it concerns today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from mist_connector.bylaws.findings import Finding
from mist_connector.bylaws.rules import Level, Mechanism, Rule
from mist_connector.crm.rights import Purpose
from mist_connector.declared.citations import citations
from mist_connector.declared.everything import Declared
from mist_connector.declared.source import Source
from mist_connector.declared.suggestion import suggest
from mist_connector.errors import MistError, Place
from mist_connector.language import _, worded
from mist_connector.work.people.facts_reading import read_common_facts, read_facts
from mist_connector.work.people.sync import Sync

from . import console
from .day import day_of
from .rule_cases import cases_of
from .session import opened

_LEVELS = {
    Level.BLOCK: _("refusée si elle n'est pas respectée"),
    Level.WARN: _("signalée si elle n'est pas respectée"),
    Level.REMIND: _("rappelée"),
    Level.INFO: _("dite, jamais mesurée"),
}
_MECHANISMS = {
    Mechanism.ACCESS: _("accès"),
    Mechanism.ASSEMBLY: _("assemblée"),
    Mechanism.CHECK: _("constat"),
    Mechanism.DOCUMENT: "document",
    Mechanism.FIELD: _("champ"),
    Mechanism.FORM_TEXT: _("texte"),
    Mechanism.HOOK: _("refus"),
    Mechanism.OFFICE: _("mandat"),
    Mechanism.REMINDER: _("rappel"),
    Mechanism.STATUS: _("statut"),
    Mechanism.VOCABULARY: _("liste"),
}


def rule_of(wanted: Declared, rule_id: str) -> Rule:
    """Return a rule; MistError with the nearest one where there is none."""
    rule = wanted.bylaws.rule(rule_id)
    if rule is None:
        hint = suggest(rule_id, [each.id for each in wanted.bylaws.rules]) or _("voyez « mist rules list »")
        raise MistError(_("Il n'y a pas de règle {rule_id}.").format(rule_id=rule_id), todo=hint)
    return rule


def concerned_by(
    wanted: Declared, rule: Rule, profile: str | None, day: datetime | None
) -> tuple[Finding, ...]:
    """Return what is found by this rule in the CRM, on a day."""
    with opened(profile, Purpose.READ) as crm:
        sync = Sync(crm, wanted.blueprint, wanted.provisions, wanted.sync)
        common = read_common_facts(crm, wanted.blueprint)
        register = read_facts(crm, wanted.blueprint, apart=True)
        verdicts = sync.verdicts(register, day_of(day, wanted.blueprint, crm), common=common)
    return tuple(each for each in verdicts.findings if each.rule == rule.id)


def say_rule(
    wanted: Declared, sources: Mapping[str, Source], rule: Rule, concerned: Sequence[Finding] | None
) -> None:
    """Print a rule in sentences."""
    section = wanted.bylaws.section(rule.section)
    console.say(f"{rule.id} — {worded(section) if section else rule.section}", style="bold")
    console.say(worded(rule))
    for line in _effects(wanted, rule):
        console.say(f"  • {line}")
    for line in _decisions(wanted, rule):
        console.say(f"  ? {line}")
    for place, entries in _cited(sources, rule.id).items():
        console.say("  @ " + _("{topic} : {what}").format(topic=place, what=", ".join(entries)))
    for case in cases_of(rule.id):
        console.say(f"  ≡ {case.title} ({_line(case.place)})")
    if concerned is None:
        console.say(_("Qui elle concerne aujourd'hui : ajoutez --profile."))
        return
    console.say(
        _("Elle concerne aujourd'hui {concerned} constat(s) :").format(concerned=len(concerned))
        if concerned
        else _("Rien n'est constaté.")
    )
    for finding in concerned:
        who = finding.code or ", ".join(finding.others) or "—"
        what = f"{worded(finding.text)} → {worded(finding.mend)}"
        console.say("  ! " + _("{topic} : {what}").format(topic=who, what=what))


def _effects(wanted: Declared, rule: Rule) -> list[str]:
    """Return how the rule is held, and by what: each with the sentence that it says."""
    lines = [_(" et ").join(_LEVELS[level] for level in rule.levels)]
    lines += [
        _("exigée pour le statut « {each} »").format(each=each) for each in requirements(wanted, rule.id)
    ]
    said = sentences(wanted, rule.id)
    for reference in rule.implemented_by:
        sentence = said.get(reference.ref)
        lines.append(
            f"{_MECHANISMS[reference.kind]} {reference.ref}"
            + (_(" : {sentence}").format(sentence=sentence) if sentence else "")
        )
    return lines


def _cited(sources: Mapping[str, Source], rule_id: str) -> dict[str, list[str]]:
    """Return the entries of the mappings that cite a rule, by file and line."""
    found: dict[str, list[str]] = {}
    for each in citations(sources, rule_id):
        entries = found.setdefault(_line(each.place), [])
        if each.entry not in entries:
            entries.append(each.entry)
    return found


def _line(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _decisions(wanted: Declared, rule: Rule) -> list[str]:
    return [
        _("{each.id}{settled} : {question} En vigueur : {answer}{each.figures}").format(
            each=each,
            question=worded(each),
            answer=worded(each.in_force),
            settled="" if each.is_open else _(" (tranchée)"),
        )
        for each in wanted.bylaws.decisions
        if each.id in rule.decisions
    ]


def requirements(wanted: Declared, rule_id: str) -> list[str]:
    """Return the statuses that a rule is required for."""
    return [
        worded(status.label)
        for status in wanted.provisions.statuses
        if any(requirement.rule == rule_id for requirement in status.requires)
    ]


def sentences(wanted: Declared, rule_id: str) -> dict[str, str]:
    """Return what is said by what gives a rule effect, by its id."""
    found = {hook.key: worded(hook.requirement.otherwise) for hook in wanted.blueprint.hooks}
    found |= {text.id: worded(text) for text in wanted.bylaws.texts}
    found |= {str(check.id): worded(check) for check in wanted.provisions.checks}
    found |= {each.id: worded(each) for each in wanted.provisions.expectations}
    for status in wanted.provisions.statuses:
        for each in status.requires:
            if each.rule == rule_id:
                found[f"{status.id}.{rule_id}"] = worded(each.otherwise)
    return found


def rule_data(
    wanted: Declared, sources: Mapping[str, Source], rule: Rule, concerned: Sequence[Finding] | None
) -> dict[str, object]:
    """Return a rule for a program."""
    said = sentences(wanted, rule.id)
    decisions = [each for each in wanted.bylaws.decisions if each.id in rule.decisions]
    data: dict[str, object] = {
        **rule.model_dump(mode="json"),
        "requirements": requirements(wanted, rule.id),
        "sentences": {each.ref: said[each.ref] for each in rule.implemented_by if each.ref in said},
        "places": {place: list(entries) for place, entries in _cited(sources, rule.id).items()},
        "cases": [{"title": case.title, "place": _line(case.place)} for case in cases_of(rule.id)],
        "open_decisions": [
            {"id": each.id, "fr": each.fr, "answer": each.answer, "in_force": each.in_force.fr}
            for each in decisions
            if each.is_open
        ],
    }
    if concerned is not None:
        data["concerned"] = [
            {"person": each.code, "others": list(each.others), "fr": each.text.fr, "en": each.text.en}
            for each in concerned
        ]
    return data
