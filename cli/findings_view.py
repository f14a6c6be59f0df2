"""How a finding about the CRM is shown, in `mist doctor` and at the end of `mist start`."""

from __future__ import annotations

from mist_connector.crm.diagnose import Finding, Verdict
from mist_connector.language import _

from . import console

_MARKS = {Verdict.FINE: "✓", Verdict.WARNING: "!", Verdict.FAILURE: "✗"}


def show_finding(finding: Finding) -> None:
    """Print what was found, and below it what to do about it."""
    console.say(
        f"{_MARKS[finding.verdict]} " + _("{topic} : {what}").format(topic=finding.topic, what=finding.what)
    )
    if finding.todo:
        console.say(_("    À faire : {finding.todo}").format(finding=finding))
