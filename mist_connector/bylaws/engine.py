"""The engine: facts and a day in, verdicts out. It knows no clock, no CRM, no name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from mist_connector.conditions.holds import reader
from mist_connector.remembered import Remembered

from .accompaniments import accompaniment_findings
from .addresses import address_findings
from .clock import clock_findings
from .expectations import common_findings, expectation_findings, linked
from .facts import CommonFacts, Facts, Function
from .findings import Finding
from .in_force import in_force, longest
from .interims import interim_findings
from .linked import Association, Linked
from .mandates import mandate_findings, office_findings
from .provisions import Provisions
from .recorded import status_findings
from .requirements import Requirement
from .roles import role_findings
from .soundness import sound, soundness_findings
from .statuses import StatusRule
from .verdict import Claim, Verdict, Verdicts


def decide(facts: Facts, provisions: Provisions, *, on: date) -> Verdict:
    """Say what the bylaws make of one person's facts on a day, where nobody else is known."""
    recorded, facts = facts, sound(facts, provisions.earliest)
    verdict = judge(facts, provisions, on=on)
    person = linked(facts, verdict.status, Association((facts,)))
    findings = (
        *soundness_findings(recorded, provisions, on=on),
        *_findings(facts, verdict, person, provisions),
    )
    return replace(verdict, findings=findings)


def decide_among(
    facts: Facts,
    provisions: Provisions,
    everybody: Association,
    functions: Mapping[str, Function],
    *,
    on: date,
) -> tuple[Verdict, Linked]:
    """Decide on one of everybody, and return her with her links, too.

    Her accompaniments are looked at as well, which lead to other people's functions.
    """
    verdict = judge(facts, provisions, on=on)
    person = linked(facts, verdict.status, everybody)
    findings = (
        *_findings(facts, verdict, person, provisions),
        *accompaniment_findings(facts, verdict, functions, provisions),
    )
    return replace(verdict, findings=findings), person


def _findings(facts: Facts, verdict: Verdict, person: Linked, provisions: Provisions) -> Iterator[Finding]:
    yield from status_findings(facts, verdict, provisions)
    yield from mandate_findings(facts, verdict, provisions)
    yield from role_findings(facts, verdict, provisions)
    yield from clock_findings(facts, verdict, provisions)
    yield from expectation_findings(person, verdict, provisions.expectations)


def judge(facts: Facts, provisions: Provisions, *, on: date) -> Verdict:
    """Say what a person is on a day, and look for nothing."""
    return Verdict(
        code=facts.code,
        on=on,
        claims=_claiming(provisions).claims(facts, on),
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
    wrong = [tuple(soundness_findings(facts, provisions, on=on)) for facts in people]
    wrong_of_all = () if common is None else soundness_findings(common, provisions, on=on)
    people = [sound(facts, provisions.earliest) for facts in people]
    common = None if common is None else sound(common, provisions.earliest)
    functions, everybody = functions_of(people), Association(people, common)
    verdicts = (decide_among(facts, provisions, everybody, functions, on=on)[0] for facts in people)
    named = (
        replace(verdict, findings=(*unsound, *verdict.findings)) if unsound else verdict
        for verdict, unsound in zip(verdicts, wrong, strict=True)
    )
    offices = findings_together(people, provisions, everybody, on=on, common=common)
    return Verdicts(on, tuple(named), (*wrong_of_all, *offices))


def functions_of(people: Collection[Facts]) -> dict[str, Function]:
    """Return everybody's functions by their codes."""
    return {function.code: function for facts in people for function in facts.functions}


def findings_together(
    people: Collection[Facts],
    provisions: Provisions,
    everybody: Association,
    *,
    on: date,
    common: CommonFacts | None,
) -> Iterator[Finding]:
    """Find what binds several people together, and what is recorded of the association."""
    yield from office_findings(people, provisions, on=on)
    yield from interim_findings(people, provisions, on=on)
    if common is not None:
        yield from common_findings(common, provisions.expectations, everybody, on=on)
        yield from address_findings(common, provisions)


class _Claiming:
    """The statuses, to be held against facts; what several of them require is looked at once.

    Many people fulfil the same requirements, and have the same claims.
    """

    def __init__(self, provisions: Provisions) -> None:
        """Claim the statuses of some provisions."""
        self._statuses, self._requirements = provisions.statuses, provisions.requirements
        self._readers = [reader(each.holds) for each in self._requirements]
        self._claims = lru_cache(maxsize=4096)(self._of_those_who)

    def claims(self, facts: Facts, on: date) -> tuple[Claim, ...]:
        """Return what each status asks, and whether the facts fulfil it."""
        return self._claims(tuple([fulfilled(facts, on, None) for fulfilled in self._readers]))

    def _of_those_who(self, fulfil: tuple[bool, ...]) -> tuple[Claim, ...]:
        """Return the claims of those who fulfil these requirements, in their order."""
        known = {id(each): truth for each, truth in zip(self._requirements, fulfil, strict=True)}

        def those(status: StatusRule, *, fulfilled: bool) -> tuple[Requirement, ...]:
            return tuple(each for each in status.requires if known[id(each)] is fulfilled)

        return tuple(
            Claim(status, those(status, fulfilled=True), those(status, fulfilled=False))
            for status in self._statuses
        )


_claiming = Remembered(_Claiming)
