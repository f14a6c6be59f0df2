"""The engine: facts and a day in, verdicts out. It knows no clock, no CRM, no name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from .accompaniments import accompaniment_findings
from .addresses import address_findings
from .clock import clock_findings
from .conditions import Requirement
from .expectations import common_findings, expectation_findings
from .facts import CommonFacts, Facts, Function
from .holds import holds
from .in_force import in_force, longest
from .interims import interim_findings
from .linked import Association
from .mandates import mandate_findings, office_findings
from .provisions import Provisions
from .recorded import status_findings
from .roles import role_findings
from .statuses import StatusRule
from .verdict import Claim, Verdict, Verdicts


def decide(
    facts: Facts, provisions: Provisions, *, on: date, everybody: Association | None = None
) -> Verdict:
    """Say what the bylaws make of one person's facts on a day; `everybody`: whom she may have met."""
    verdict = judge(facts, provisions, on=on)
    findings = (
        *status_findings(facts, verdict, provisions),
        *mandate_findings(facts, verdict, provisions),
        *role_findings(facts, verdict, provisions),
        *clock_findings(facts, verdict, provisions),
        *expectation_findings(facts, verdict, provisions.expectations, everybody or Association((facts,))),
    )
    return replace(verdict, findings=findings)


def judge(facts: Facts, provisions: Provisions, *, on: date) -> Verdict:
    """Say what a person is on a day, and look for nothing."""
    return Verdict(
        code=facts.code,
        on=on,
        claims=_claims(facts, provisions, on),
        functions=in_force(facts.functions, on),
        mandates=in_force(facts.mandates, on),
        agreement=longest(in_force(facts.agreements, on)),
    )


def decide_all(
    people: Collection[Facts], provisions: Provisions, *, on: date, common: CommonFacts | None = None
) -> Verdicts:
    """Say what the bylaws make of everybody, of what binds several people together, and of the association.

    Without `common`, nothing is said of what is recorded of the association itself.
    """
    functions = {function.code: function for facts in people for function in facts.functions}
    everybody = Association(people)
    verdicts = (_verdict(facts, functions, everybody, provisions, on) for facts in people)
    offices = (*office_findings(people, provisions, on=on), *interim_findings(people, provisions, on=on))
    if common is not None:
        offices += tuple(common_findings(common, provisions.expectations, everybody, on=on))
        offices += tuple(address_findings(common, provisions))
    return Verdicts(on, tuple(verdicts), offices)


def _verdict(
    facts: Facts,
    functions: Mapping[str, Function],
    everybody: Association,
    provisions: Provisions,
    on: date,
) -> Verdict:
    """Decide, and look at the accompaniments too, which lead to other people's functions."""
    verdict = decide(facts, provisions, on=on, everybody=everybody)
    more = accompaniment_findings(facts, verdict, functions, provisions)
    return replace(verdict, findings=(*verdict.findings, *more))


def _claims(facts: Facts, provisions: Provisions, on: date) -> tuple[Claim, ...]:
    """Hold the facts against every status; what several of them require is looked at once."""
    known: dict[int, bool] = {}

    def fulfils(requirement: Requirement) -> bool:
        if id(requirement) not in known:
            known[id(requirement)] = holds(requirement.holds, facts, on=on)
        return known[id(requirement)]

    return tuple(_claim(status, fulfils) for status in provisions.statuses)


def _claim(status: StatusRule, fulfils: Callable[[Requirement], bool]) -> Claim:
    met: list[Requirement] = []
    missing: list[Requirement] = []
    for each in status.requires:
        (met if fulfils(each) else missing).append(each)
    return Claim(status, tuple(met), tuple(missing))
