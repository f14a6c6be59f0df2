"""The status that the CRM holds, against the one that the facts give."""

from __future__ import annotations

from collections.abc import Iterator

from .checks import CheckId
from .facts import Facts
from .findings import Finding, found
from .provisions import Provisions
from .verdict import Claim, Verdict


def status_findings(facts: Facts, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    """Find a recorded status that is not the one decided."""
    check = provisions.check(CheckId.STATUS_NOT_RECORDED)
    if check is None or facts.status == verdict.status:
        return
    words = {
        "recorded": provisions.status_label(facts.status),
        "decided": provisions.status_label(verdict.status),
    }
    yield found(check, {**words}, rule=_reason(verdict, verdict.claim(facts.status)), code=facts.code)


def _reason(verdict: Verdict, recorded: Claim | None) -> str:
    """Return the rule that the recorded status lacks, or the last one that the decided status fulfils."""
    if recorded is not None and recorded.missing:
        return recorded.missing[0].rule
    decided = verdict.reached
    if decided is not None:
        return decided.met[-1].rule
    return verdict.claims[-1].missing[0].rule
