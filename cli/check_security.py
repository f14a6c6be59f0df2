"""What `mist check --security` shows: doors that stand open in the CRM, and how to close each."""

from __future__ import annotations

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.proof.security import SecurityFinding, security_findings

from . import console
from .session import opened


def check_security(
    profile: str | None, blueprint: Blueprint, *, as_json: bool
) -> tuple[SecurityFinding, ...]:
    """Look, show, and return the findings; it takes an administrator's account, and writes nothing."""
    with opened(profile) as crm:
        findings = tuple(security_findings(crm, blueprint))
    if as_json:
        data = [{"kind": each.kind, "what": each.what, "mend": each.mend} for each in findings]
        console.emit_json({"security": data})
        return findings
    if findings:
        rows = [(each.kind, each.what, each.mend) for each in findings]
        console.table(("porte", "constat", "remède"), rows)
    count = len(findings)
    console.say(f"{count} porte(s) ouverte(s). (Open doors: {count}.)")
    return findings
