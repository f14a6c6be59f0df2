"""The engine: facts and a day in, verdicts out. It knows no clock, no CRM, no name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from .accompaniments import accompaniment_findings
from .facts import Facts, Function
from .holds import holds
from .in_force import in_force, longest
from .mandates import mandate_findings, office_findings
from .provisions import Provisions
from .recorded import status_findings
from .roles import role_findings
from .statuses import StatusRule
from .verdict import Claim, Verdict, Verdicts


def decide(facts: Facts, provisions: Provisions, *, on: date) -> Verdict:
    """Say what the bylaws make of one person's facts on a day."""
    verdict = Verdict(
        code=facts.code,
        on=on,
        claims=tuple(_claim(status, facts, on) for status in provisions.statuses),
        functions=in_force(facts.functions, on),
        mandates=in_force(facts.mandates, on),
        agreement=longest(in_force(facts.agreements, on)),
    )
    findings = (
        *status_findings(facts, verdict, provisions),
        *mandate_findings(facts, verdict, provisions),
        *role_findings(facts, verdict, provisions),
    )
    return replace(verdict, findings=findings)


def decide_all(people: Collection[Facts], provisions: Provisions, *, on: date) -> Verdicts:
    """Say what the bylaws make of everybody, and of what binds several people together."""
    functions = {function.code: function for facts in people for function in facts.functions}
    verdicts = (_verdict(facts, functions, provisions, on) for facts in people)
    return Verdicts(on, tuple(verdicts), tuple(office_findings(people, provisions, on=on)))


def _verdict(facts: Facts, functions: Mapping[str, Function], provisions: Provisions, on: date) -> Verdict:
    """Decide, and look at the accompaniments too, which lead to other people's functions."""
    verdict = decide(facts, provisions, on=on)
    more = accompaniment_findings(facts, verdict, functions, provisions)
    return replace(verdict, findings=(*verdict.findings, *more))


def _claim(status: StatusRule, facts: Facts, on: date) -> Claim:
    held = [(requirement, holds(requirement.holds, facts, on=on)) for requirement in status.requires]
    return Claim(
        status,
        met=tuple(requirement for requirement, is_met in held if is_met),
        missing=tuple(requirement for requirement, is_met in held if not is_met),
    )
