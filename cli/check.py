"""`mist check`: what does not agree with the bylaws today; nothing is written."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.bylaws.announced import Announced
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.checks import Severity
from mist_connector.bylaws.decisions import Decision
from mist_connector.bylaws.findings import Finding
from mist_connector.crm.rights import Purpose
from mist_connector.crm.sync import Sync
from mist_connector.crm.today import today_of
from mist_connector.errors import MistError

from . import console
from .agenda import announced_data, announced_rows
from .check_security import check_security
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

_SEVERITIES = {Severity.ERROR: "erreur", Severity.WARNING: "alerte", Severity.REMINDER: "rappel"}


@click.command(
    help=(
        "Dit ce qui, aujourd'hui, ne suit pas le règlement : par gravité, avec la règle, le code de la "
        "personne et comment y remédier. N'écrit rien.\n\n"
        "(Tells what does not follow the bylaws today. Writes nothing.)"
    )
)
@profile_option
@mappings_option
@json_option
@detailed_exitcode_option
@click.option(
    "--security",
    is_flag=True,
    help="Cherche les portes ouvertes du CRM, avec un compte qui administre. (Looks for open doors.)",
)
@click.option(
    "--repair",
    is_flag=True,
    help=(
        "Avec --security : montre ce qui peut être fermé sans rien perdre, demande une fois, et le ferme. "
        "(Closes what can safely be closed.)"
    ),
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
    yes: bool,
    dry_run: bool,
) -> int:
    """Read, decide, show; return the exit code."""
    if security:
        doors = check_security(profile, mappings, as_json=as_json, repair=repair, yes=yes, dry_run=dry_run)
        return 2 if detailed_exitcode and doors else 0
    if repair or yes or dry_run:
        raise MistError("--repair, --yes et --dry-run vont avec --security.", todo="ajoutez --security")
    wanted = declared(mappings)
    with opened(profile, Purpose.READ) as crm:
        sync = Sync(crm, wanted.blueprint, wanted.provisions, wanted.sync)
        today = today_of(wanted.blueprint)
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
        _show(findings, people=len(people))
        for sentence in look.plan.left_alone:
            console.say(f"Laissé tel quel : {sentence.fr}.")
        _show_coming(coming)
        _show_decisions(decisions)
    return 2 if detailed_exitcode and findings else 0


def _show(findings: tuple[Finding, ...], *, people: int) -> None:
    rows = [
        (_SEVERITIES[each.severity], each.rule, _who(each), f"{each.text.fr} → {each.mend.fr}")
        for each in findings
    ]
    if rows:
        console.table(("gravité", "règle", "qui", "constat → remède"), rows)
    counts = ", ".join(
        f"{sum(each.severity is severity for each in findings)} {word}(s)"
        for severity, word in _SEVERITIES.items()
    )
    console.say(f"{people} personnes : {counts}.")


def _show_coming(coming: tuple[Announced, ...]) -> None:
    """Say when which body will no longer be as the bylaws demand."""
    if coming:
        console.say()
        console.say("Si rien ne change d'ici là :")
        console.table(("jour", "quoi", "règle", "qui", ""), announced_rows(coming))


def _show_decisions(decisions: tuple[Decision, ...]) -> None:
    if decisions:
        console.say()
        console.say(f"{len(decisions)} questions attendent l'association ; d'ici là vaut :")
        console.table(
            ("décision", "question", "en vigueur"),
            [(each.id, each.fr, each.in_force.fr) for each in decisions],
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
