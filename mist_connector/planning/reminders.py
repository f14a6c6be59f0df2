"""What somebody is to be reminded of, against the reminders that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mist_connector.bylaws.facts import Facts, Function
from mist_connector.bylaws.findings import Finding
from mist_connector.bylaws.in_force import in_force, lasts_on
from mist_connector.bylaws.reminding import ACCOMPANYING, Reminding, cause_of
from mist_connector.bylaws.text import Text

from .accounts import HeldFunction
from .people import ReminderAct, ReminderChange, ReminderWords


@dataclass(frozen=True)
class Held:
    """A reminder as the CRM holds it: what of, to whose function, and whether the CRM's clock shows it."""

    id: int
    cause: str
    function: int
    due: date
    words: ReminderWords
    person: int | None = None
    done: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Worker:
    """Somebody who may be told: her function in force, whose record it is, and her own code."""

    function: int
    works: Function
    person: str


@dataclass(frozen=True)
class Team:
    """Everybody who may be told, and who accompanies whom today, as codes of functions by code of person."""

    workers: tuple[Worker, ...]
    accompanying: Mapping[str, frozenset[str]]

    def told(self, whom: str, about: str | None) -> tuple[Worker, ...]:
        """Return those who may be told of somebody, the one who has worked here longest first."""
        if whom == ACCOMPANYING:
            codes = self.accompanying.get(about or "", frozenset())
            return tuple(each for each in self.workers if each.works.code in codes)
        return tuple(each for each in self.workers if each.works.role == whom)


def team_of(
    people: Collection[Facts], functions: Mapping[str, HeldFunction], accounts: Collection[int], on: date
) -> Team:
    """Return who may be told: with a function and an agreement in force, and an account.

    `functions` are by code; `accounts` are functions that will have one when the plan is carried out.
    """
    workers = [
        Worker(functions[function.code].id, function, facts.code)
        for facts in people
        if in_force(facts.agreements, on)
        for function in facts.functions
        if lasts_on(function, on) and functions[function.code].id in accounts
    ]
    accompanying = {
        facts.code: frozenset(each.function for each in in_force(facts.accompaniments, on))
        for facts in people
        if facts.accompaniments
    }
    ordered = sorted(workers, key=lambda each: (each.works.since, each.works.code))
    return Team(tuple(ordered), accompanying)


def plan_reminders(
    findings: Collection[Finding],
    held: Sequence[Held],
    team: Team,
    reminding: Reminding,
    *,
    ids: Mapping[str, int],
    titles: Mapping[str, Text],
    on: date,
) -> tuple[tuple[ReminderChange, ...], tuple[Text, ...]]:
    """Return what is to be done, and a sentence where nobody can be told; `ids` are people by code."""
    by_cause = {each.cause: each for each in held}
    wanted = {cause_of(each): each for each in reminding.spoken_of(findings)}
    codes = {row_id: code for code, row_id in ids.items()}
    changes: list[ReminderChange] = []
    nobody = 0
    for cause, finding in wanted.items():
        before = by_cause.get(cause)
        if before is not None and before.done:
            continue
        worker = _worker(finding, before, team, reminding)
        if worker is None:
            nobody += 1
            continue
        due = before.due if before is not None else reminding.last_day(finding, on)
        words = _words(finding, titles)
        if before is None or (before.function, before.words, before.shown) != (worker.function, words, True):
            act = ReminderAct.TELL if before is None else ReminderAct.ALIGN
            person = ids.get(finding.code or "")
            told = (worker.works.code, worker.function)
            changes.append(ReminderChange(finding.code, act, cause, finding.rule, due, *told, words, person))
    changes.extend(_ended(held, wanted, reminding, codes, on))
    return tuple(sorted(changes, key=lambda each: (each.code or "", each.cause))), _unheard(nobody)


def _worker(finding: Finding, before: Held | None, team: Team, reminding: Reminding) -> Worker | None:
    """Return who is told: whoever was told already, as long as she may be."""
    for whom in reminding.whom(finding):
        told = [
            each
            for each in team.told(whom, finding.code)
            if each.person != finding.code or finding.check in reminding.own
        ]
        # Of what is her own she is told where nobody else can be.
        told.sort(key=lambda each: each.person == finding.code)
        if told:
            return next((each for each in told if before and each.function == before.function), told[0])
    return None


def _words(finding: Finding, titles: Mapping[str, Text]) -> ReminderWords:
    because = f"« {titles[finding.rule].fr} » ({finding.rule})"
    return ReminderWords(_capital(finding.text.fr), _capital(finding.mend.fr), because)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _ended(
    held: Sequence[Held], wanted: Collection[str], reminding: Reminding, codes: Mapping[int, str], on: date
) -> Iterator[ReminderChange]:
    """Yield those whose cause is gone; what was done is kept a while, in case the cause comes back."""
    kept = timedelta(days=reminding.forget_after)
    for each in held:
        if each.cause in wanted or (each.done and each.due + kept >= on):
            continue
        code = codes.get(each.person or 0)
        yield ReminderChange(code, ReminderAct.END, each.cause, due=each.due, reminder=each.id)


def _unheard(count: int) -> tuple[Text, ...]:
    if not count:
        return ()
    return (
        Text(
            fr=f"{count} rappel(s) n'ont personne à qui être confiés (direction avec compte et accord)",
            en=f"{count} reminder(s) can be told to nobody: no direction with an account and an agreement",
        ),
    )
