"""What `mist check --security` shows and mends: doors that stand open in the CRM, and how to close each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mist_connector.crm.profiles import load_profile
from mist_connector.crm.secrets import signing_secret
from mist_connector.errors import PlanRefused
from mist_connector.language import _
from mist_connector.security.doors import Doors, look_for_doors, security_plan
from mist_connector.security.finding import SecurityFinding
from mist_connector.security.repair import Mending, close_doors, sort_out

from . import console
from .consent import consented
from .deployment import Deployment

NO_BASELINE = _(
    "Personne n'a encore répondu de ce CRM : mist check --security --baseline RAISON "
    "note son état, et ce qui change ensuite est dit."
)
QUESTION = _("Fermer ces portes ?")


@dataclass(frozen=True)
class Asked:
    """What was typed: which CRM, which mappings, and how to answer."""

    profile: str | None
    mappings: Path | None
    as_json: bool
    yes: bool = False
    dry_run: bool = False

    def look(self, deployment: Deployment) -> Doors:
        """Look for doors in the CRM of the profile."""
        found = load_profile(self.profile)
        return look_for_doors(
            deployment.crm, deployment.blueprint, address=found.url, secret=signing_secret(found)
        )


def check_security(asked: Asked, *, repair: bool) -> tuple[SecurityFinding, ...]:
    """Look, show, mend where asked, and return what is still open; it takes an administrator's account."""
    with Deployment.opened(asked.profile, asked.mappings) as deployment:
        doors = asked.look(deployment)
        findings = doors.findings
        if not repair:
            _show(doors, as_json=asked.as_json)
            return findings
        mending = sort_out(deployment.crm, findings)
        if not asked.as_json:
            _announce(mending)
        agreed = mending.doable and not asked.dry_run
        if not agreed or not consented(QUESTION, yes=asked.yes, as_json=asked.as_json):
            _report(mending, (), findings, as_json=asked.as_json)
            return findings
        refused = _mend(deployment, mending)
        left = asked.look(deployment).findings
        _report(mending, refused, left, as_json=asked.as_json)
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
            refused.append(_("mist apply : {error.what}").format(error=error))
    closing = close_doors(deployment.crm, mending)
    refused.extend(_("{topic} : {what}").format(topic=finding.what, what=said) for finding, said in closing)
    return tuple(refused)


def _show(doors: Doors, *, as_json: bool) -> None:
    findings, record = doors.findings, doors.unanswered.record
    if as_json:
        last = vars(record.baseline.history[-1]) if record and record.baseline.history else None
        console.emit_json({"security": [_data(each) for each in findings], "baseline": last})
        return
    if findings:
        show_findings(findings, _("remède"))
    count = len(findings)
    console.say(_("{count} porte(s) ouverte(s).").format(count=count))
    if record is None:
        console.note(NO_BASELINE)
    elif record.baseline.history:
        last_time = record.baseline.history[-1]
        console.say(
            _("État de référence : {last_time.at}, par {last_time.by} ({last_time.reason}).").format(
                last_time=last_time
            )
        )


def _announce(mending: Mending) -> None:
    if mending.doable:
        console.say(_("À fermer par mist ({doable}) :").format(doable=len(mending.doable)))
        show_findings(mending.doable, _("comment"))
    if mending.by_hand:
        console.say(_("À fermer à la main ({by_hand}) :").format(by_hand=len(mending.by_hand)))
        show_findings(mending.by_hand, _("comment"))


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
        console.say(_("Refusé par le CRM : {each}").format(each=each))
    if left and len(left) < len(mending.doable) + len(mending.by_hand):
        console.say(_("Reste ouvert :"))
        show_findings(left, _("remède"))
    console.say(_("{left} porte(s) ouverte(s).").format(left=len(left)))


def show_findings(findings: Sequence[SecurityFinding], last: str) -> None:
    """Print findings as a table; `last` is what stands above the remedies."""
    rows = [(each.kind, each.what, _trace(each), each.mend) for each in findings]
    console.table((_("porte"), _("constat"), _("dernier changement"), last), rows)


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
