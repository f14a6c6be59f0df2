"""`mist check`: what does not agree with the bylaws today; nothing is written."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.bylaws.announced import Announced
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.checks import LEFT_OUT, Severity
from mist_connector.bylaws.decisions import Decision
from mist_connector.bylaws.findings import Finding
from mist_connector.crm.rights import Purpose
from mist_connector.crm.today import today_of
from mist_connector.errors import MistError
from mist_connector.language import _, worded
from mist_connector.work.people.sync import Sync

from . import console
from .agenda import announced_data, announced_rows
from .check_baseline import answer_for
from .check_security import Asked, check_security
from .declared_mappings import declared
from .options import (
    detailed_exitcode_option,
    dry_run_option,
    json_option,
    mappings_option,
    profile_option,
    yes_option,
)
from .session import opened

_COUNTS = {
    Severity.ERROR: _("{count} erreur(s)"),
    Severity.WARNING: _("{count} alerte(s)"),
    Severity.REMINDER: _("{count} rappel(s)"),
}
_SEVERITIES = {Severity.ERROR: _("erreur"), Severity.WARNING: _("alerte"), Severity.REMINDER: _("rappel")}


@click.command(
    help=_(
        "Dit ce qui, aujourd'hui, ne suit pas le règlement : par gravité, avec la règle, le code "
        "de la personne et comment y remédier. N'écrit rien."
    )
)
@profile_option
@mappings_option
@json_option
@detailed_exitcode_option
@click.option(
    "--security",
    is_flag=True,
    help=_("Cherche les portes ouvertes du CRM, avec un compte qui administre."),
)
@click.option(
    "--repair",
    is_flag=True,
    help=_(
        "Avec --security : montre ce qui peut être fermé sans rien perdre, demande une fois, et le ferme."
    ),
)
@click.option(
    "--baseline",
    metavar=_("RAISON"),
    default=None,
    help=_("Avec --security : note l'état de ce CRM, dont vous répondez ; ce qui change ensuite est dit."),
)
@click.option(
    "--acknowledge",
    metavar=_("RAISON"),
    default=None,
    help=_(
        "Avec --security : montre ce qui a changé depuis, demande une fois, et note que vous en répondez."
    ),
)
@click.option(
    "--only",
    metavar=_("MOTS"),
    default="",
    help=_("Avec --acknowledge : seulement les constats qui ont ces mots."),
)
@click.option(
    "--each",
    is_flag=True,
    help=_("Une ligne pour chaque personne, au lieu d'une pour chaque constat."),
)
@yes_option
@dry_run_option
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
    detailed_exitcode: bool,
    security: bool,
    repair: bool,
    baseline: str | None,
    acknowledge: str | None,
    only: str,
    each: bool,
    yes: bool,
    dry_run: bool,
) -> int:
    """Read, decide, show; return the exit code: 1 where something was left out until it is corrected."""
    if security:
        asked = Asked(profile, mappings, as_json=as_json, yes=yes, dry_run=dry_run)
        if baseline is not None or acknowledge is not None:
            left = answer_for(asked, baseline=baseline, acknowledge=acknowledge, only=only)
        else:
            left = check_security(asked, repair=repair)
        return 2 if detailed_exitcode and left else 0
    if repair or yes or dry_run or only or baseline is not None or acknowledge is not None:
        raise MistError(_("Ces options vont avec --security."), todo=_("ajoutez --security"))
    wanted = declared(mappings)
    with opened(profile, Purpose.READ) as crm:
        sync = Sync(crm, wanted.blueprint, wanted.provisions, wanted.sync)
        today = today_of(wanted.blueprint, crm)
        look = sync.look(on=today, apart=True)
        in_crm = sync.crm_findings(look)
    people = [record.facts for record in look.register.people]
    coming = breaks(people, wanted.provisions, on=today)
    findings = tuple(sorted((*look.verdicts.findings, *in_crm), key=lambda finding: finding.order))
    decisions = wanted.bylaws.open_decisions
    if as_json:
        console.emit_json(
            {
                "findings": [_data(each) for each in findings],
                "left_alone": [sentence.fr for sentence in look.plan.left_alone],
                "coming": [announced_data(each) for each in coming],
                "open_decisions": [each.id for each in decisions],
            }
        )
    else:
        _show(findings, people=len(people), apart=each)
        for sentence in look.plan.left_alone:
            console.say(_("Laissé tel quel : {sentence}.").format(sentence=worded(sentence)))
        _show_coming(coming)
        _show_decisions(decisions)
    if any(each.check in LEFT_OUT for each in findings):
        return 1
    return 2 if detailed_exitcode and findings else 0


def _show(findings: tuple[Finding, ...], *, people: int, apart: bool) -> None:
    rows = rows_of(findings, apart=apart)
    if rows:
        console.table((_("gravité"), _("règle"), _("qui"), _("constat → remède")), rows)
    counts = ", ".join(
        words.format(count=sum(each.severity is severity for each in findings))
        for severity, words in _COUNTS.items()
    )
    console.say(_("{people} personnes : {counts}.").format(people=people, counts=counts))


def rows_of(findings: tuple[Finding, ...], *, apart: bool = False) -> list[tuple[str, str, str, str]]:
    """Return a row for each matter, with the codes of everybody of whom it is said in the same words.

    `apart`: a row for each person instead, all that is found of one beside each other.
    """
    said = [
        ((_SEVERITIES[each.severity], each.rule, f"{worded(each.text)} → {worded(each.mend)}"), _who(each))
        for each in findings
    ]
    if apart:
        said.sort(key=lambda one: one[1])
        return [(severity, rule, who, text) for (severity, rule, text), who in said]
    matters: dict[tuple[str, str, str], list[str]] = {}
    for matter, who in said:
        matters.setdefault(matter, []).append(who)
    return [
        (severity, rule, ", ".join(dict.fromkeys(several)), text)
        for (severity, rule, text), several in matters.items()
    ]


def _show_coming(coming: tuple[Announced, ...]) -> None:
    """Say when which body will no longer be as the bylaws demand."""
    if coming:
        console.say()
        console.say(_("Si rien ne change d'ici là :"))
        console.table((_("jour"), _("quoi"), _("règle"), _("qui"), ""), announced_rows(coming))


def _show_decisions(decisions: tuple[Decision, ...]) -> None:
    if decisions:
        console.say()
        console.say(
            _("{decisions} questions attendent l'association ; d'ici là vaut :").format(
                decisions=len(decisions)
            )
        )
        console.table(
            (_("décision"), "question", _("en vigueur")),
            [(each.id, worded(each), worded(each.in_force)) for each in decisions],
        )


def _who(finding: Finding) -> str:
    return finding.code or ", ".join(finding.others) or "—"


def _data(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "rule": finding.rule,
        "person": finding.code,
        "others": list(finding.others),
        "fr": finding.text.fr,
        "en": finding.text.en,
        "mend": finding.mend.fr,
        "due": finding.due,
        "facts": [{"kind": type(fact).__name__.lower(), **vars(fact)} for fact in finding.facts],
    }
