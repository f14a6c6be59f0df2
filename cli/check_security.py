"""What `mist check --security` shows and mends: doors that stand open in the CRM, and how to close each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mist_connector.crm.profiles import load_profile
from mist_connector.errors import PlanRefused
from mist_connector.proof.finding import SecurityFinding
from mist_connector.proof.repair import Mending, close_doors, sort_out
from mist_connector.proof.security import security_findings, security_plan

from . import console
from .consent import consented
from .deployment import Deployment

QUESTION = "Fermer ces portes ? (Close these doors?)"


def check_security(
    profile: str | None,
    mappings: Path | None,
    *,
    as_json: bool,
    repair: bool,
    yes: bool = False,
    dry_run: bool = False,
) -> tuple[SecurityFinding, ...]:
    """Look, show, mend where asked, and return what is still open; it takes an administrator's account."""
    with Deployment.opened(profile, mappings) as deployment:
        address = load_profile(profile).url
        findings = security_findings(deployment.crm, deployment.blueprint, address=address)
        if not repair:
            _show(findings, as_json=as_json)
            return findings
        mending = sort_out(deployment.crm, findings)
        if not as_json:
            _announce(mending)
        if dry_run or not mending.doable or not consented(QUESTION, yes=yes, as_json=as_json):
            _report(mending, (), findings, as_json=as_json)
            return findings
        refused = _mend(deployment, mending)
        left = security_findings(deployment.crm, deployment.blueprint, address=address)
        _report(mending, refused, left, as_json=as_json)
        return left


def _mend(deployment: Deployment, mending: Mending) -> tuple[str, ...]:
    """Put back what is ours, then close the rest; return what was refused, in words."""
    refused = []
    if mending.applies:
        try:
            plan = security_plan(deployment.crm, deployment.blueprint)
            deployment.check(plan, allow_data_loss=False, forced=())
            deployment.apply(plan)
        except PlanRefused as error:
            refused.append(f"mist apply : {error.what}")
    closing = close_doors(deployment.crm, mending)
    refused.extend(f"{finding.what} : {said}" for finding, said in closing)
    return tuple(refused)


def _show(findings: Sequence[SecurityFinding], *, as_json: bool) -> None:
    if as_json:
        console.emit_json({"security": [_data(each) for each in findings]})
        return
    if findings:
        _table(findings, "remède")
    count = len(findings)
    console.say(f"{count} porte(s) ouverte(s). (Open doors: {count}.)")


def _announce(mending: Mending) -> None:
    if mending.doable:
        console.say(f"À fermer par mist ({len(mending.doable)}) :")
        _table(mending.doable, "comment")
    if mending.by_hand:
        console.say(f"À fermer à la main ({len(mending.by_hand)}) :")
        _table(mending.by_hand, "comment")


def _report(
    mending: Mending, refused: Sequence[str], left: Sequence[SecurityFinding], *, as_json: bool
) -> None:
    if as_json:
        console.emit_json(
            {
                "doable": [_data(each) for each in mending.doable],
                "by_hand": [_data(each) for each in mending.by_hand],
                "refused": list(refused),
                "security": [_data(each) for each in left],
            }
        )
        return
    for each in refused:
        console.say(f"Refusé par le CRM : {each}")
    if left and len(left) < len(mending.doable) + len(mending.by_hand):
        console.say("Reste ouvert :")
        _table(left, "remède")
    console.say(f"{len(left)} porte(s) ouverte(s). (Open doors: {len(left)}.)")


def _table(findings: Sequence[SecurityFinding], last: str) -> None:
    rows = [(each.kind, each.what, _trace(each), each.mend) for each in findings]
    console.table(("porte", "constat", "dernier changement", last), rows)


def _trace(finding: SecurityFinding) -> str:
    return f"{finding.trace.by}, {finding.trace.at}" if finding.trace.known else "—"


def _data(finding: SecurityFinding) -> dict[str, str | None]:
    return {
        "kind": finding.kind,
        "what": finding.what,
        "mend": finding.mend,
        "closing": finding.closing.value,
        "by": finding.trace.by or None,
        "at": finding.trace.at or None,
    }
