"""What changed bylaws would make of the same facts: who gains or loses what, and what would be found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from mist_connector.bylaws.announced import Announced
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import CommonFacts, Facts
from mist_connector.bylaws.findings import Finding
from mist_connector.bylaws.verdict import Verdict, Verdicts
from mist_connector.declared.everything import Declared


@dataclass(frozen=True)
class StatusShift:
    """Somebody whose status would be another one, and the rule that would make the difference."""

    code: str
    before: str | None
    after: str | None
    rule: str


@dataclass(frozen=True)
class Simulation:
    """Everything that would be otherwise; the voters as far as Q01 says who votes."""

    statuses: tuple[StatusShift, ...]
    voters_gained: tuple[str, ...]
    voters_lost: tuple[str, ...]
    appearing: tuple[Finding, ...]
    going: tuple[Finding, ...]
    breaking: tuple[Announced, ...]
    mended: tuple[Announced, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be otherwise."""
        return not any(vars(self).values())


def simulate(
    people: Collection[Facts], common: CommonFacts, today: Declared, changed: Declared, *, on: date
) -> Simulation:
    """Decide twice on the same facts, and compare. A recorded status that differs is no news of its own."""
    before, after = (decide_all(people, each.provisions, on=on, common=common) for each in (today, changed))
    voting, would_vote = (_voters(*pair) for pair in ((before, today), (after, changed)))
    found, would_find = ({each.same: each for each in verdicts.findings} for verdicts in (before, after))
    coming, would_come = (
        {(each.day, each.rule, each.text.fr): each for each in breaks(people, which.provisions, on=on)}
        for which in (today, changed)
    )
    return Simulation(
        statuses=tuple(_shifts(before, after)),
        voters_gained=tuple(sorted(would_vote - voting)),
        voters_lost=tuple(sorted(voting - would_vote)),
        appearing=_without_status(would_find, found),
        going=_without_status(found, would_find),
        breaking=tuple(would_come[key] for key in would_come.keys() - coming.keys()),
        mended=tuple(coming[key] for key in coming.keys() - would_come.keys()),
    )


def _shifts(before: Verdicts, after: Verdicts) -> list[StatusShift]:
    pairs = zip(before.people, after.people, strict=True)
    return [
        StatusShift(old.code, old.status, new.status, _reason(old, new))
        for old, new in pairs
        if old.status != new.status
    ]


def _reason(old: Verdict, new: Verdict) -> str:
    """Return the rule that the status of before would lack, or the last one that the new one would fulfil."""
    lost = new.claim(old.status)
    if lost is not None and lost.missing:
        return lost.missing[0].rule
    return new.reached.met[-1].rule if new.reached else ""


def _voters(verdicts: Verdicts, declared: Declared) -> frozenset[str]:
    decision = declared.bylaws.decision(declared.assembly.electorate.decision)
    if decision is None or decision.answer is None:
        return frozenset()
    voting = declared.assembly.electorate.answers[decision.answer]
    return frozenset(each.code for each in verdicts.people if each.status in voting)


def _without_status(
    those: Mapping[tuple[object, ...], Finding], others: Mapping[tuple[object, ...], Finding]
) -> tuple[Finding, ...]:
    """Return what is among those and not among the others; that a status is not recorded is no news here."""
    found = (each for key, each in those.items() if key not in others and each.check != "status_not_recorded")
    return tuple(sorted(found, key=lambda each: each.order))
