"""What will be found later of what is all right today, person by person, on the days that matter alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import SimpleNamespace

from .accompaniments import accompaniment_findings
from .announced import Announced, Kind, announce
from .bodies import status_days
from .changing import ONE_DAY, Window, ages, bounds, changing
from .checks import CheckId
from .clock import clock_days, clock_findings
from .engine import judge
from .expectations import COMMON, Expectation, linked, missing, records_of
from .facts import CommonFacts, Facts, Function
from .findings import Finding
from .linked import Association, Linked
from .mandates import mandate_findings
from .provisions import Provisions
from .roles import role_findings
from .verdict import Verdict

# That something ends soon is no news where its end itself is announced.
_ANNOUNCING = frozenset({CheckId.MANDATE_ENDS, CheckId.AGREEMENT_ENDS})
Found = Callable[[date], Iterator[Finding]]


@dataclass(frozen=True)
class Outlook:
    """What is known of everybody, and the days looked at."""

    provisions: Provisions
    everybody: Association
    functions: Mapping[str, Function]
    window: Window

    @cached_property
    def ageing(self) -> frozenset[str]:
        """The expectations that may change though nothing begins or ends: what they look at grows old."""
        found = self.provisions.expectations
        return frozenset(each.id for each in found if any(ages(part) for part in (each.when, each.holds)))


class Upcoming:
    """One person in the days to come: her statuses, and what will be found about her."""

    def __init__(self, facts: Facts, outlook: Outlook) -> None:
        """Judge her on the days on which her status may change."""
        self._facts, self._outlook = facts, outlook
        self._provisions, self._window = outlook.provisions, outlook.window
        provisions, window = self._provisions, self._window
        days = sorted(set(status_days(facts, provisions, window)))
        self.verdicts = {day: judge(facts, provisions, on=day) for day in (window.on, *days)}

    def statuses(self) -> Iterator[tuple[Verdict, Verdict]]:
        """Yield the verdicts before and after each change of her status."""
        before, *others = self.verdicts.values()
        for after in others:
            if after.status != before.status:
                yield before, after
            before = after

    def findings(self) -> Iterator[Announced]:
        """Yield what will be found about her, on the first day of each."""
        yield from _appearing(self._of_checks, self._check_days(), self._window)
        moving = len(self.verdicts) > 1 or any(day in self._window for day in _dates(self._facts))
        for each in self._provisions.expectations:
            if each.of not in COMMON and (moving or each.id in self._outlook.ageing):
                yield from self._expected(each)

    @cached_property
    def _ever(self) -> frozenset[str | None]:
        """The statuses that she has in these days."""
        return frozenset(verdict.status for verdict in self.verdicts.values())

    @cached_property
    def _person(self) -> Linked:
        return linked(self._facts, self._status(self._window.on), self._outlook.everybody)

    def _verdict(self, on: date) -> Verdict:
        """Return the verdict of a day; between two changes, her status stays what it is."""
        judged = self.verdicts[max(day for day in self.verdicts if day <= on)]
        return judged if judged.on == on else judge(self._facts, self._provisions, on=on)

    def _status(self, on: date) -> str | None:
        return self.verdicts[max(day for day in self.verdicts if day <= on)].status

    def _check_days(self) -> Iterator[date]:
        """Yield the days on which a check may begin or cease to find something."""
        yield from self.verdicts
        facts = self._facts
        for terms in (facts.mandates, facts.agreements, facts.functions, facts.accompaniments, facts.pauses):
            for term in terms:
                yield from bounds(term)
        for accompaniment in facts.accompaniments:
            function = self._outlook.functions.get(accompaniment.function)
            yield from bounds(function) if function is not None else ()
        if any(verdict.status in {"active", "provisional"} for verdict in self.verdicts.values()):
            yield from clock_days(facts, self._provisions, on=self._window.on)

    def _of_checks(self, on: date) -> Iterator[Finding]:
        facts, provisions, verdict = self._facts, self._provisions, self._verdict(on)
        yield from (
            each for each in mandate_findings(facts, verdict, provisions) if each.check not in _ANNOUNCING
        )
        yield from (
            each for each in role_findings(facts, verdict, provisions) if each.check not in _ANNOUNCING
        )
        yield from clock_findings(facts, verdict, provisions)
        yield from accompaniment_findings(facts, verdict, self._outlook.functions, provisions)

    def _expected(self, each: Expectation) -> Iterator[Announced]:
        """Yield what is expected of her or of one of her facts, and will be missing."""
        if each.status and self._ever.isdisjoint(each.status):
            return
        for record in records_of(each, self._person):

            def found(on: date, record: Linked = record) -> Iterator[Finding]:
                if not each.status or self._status(on) in each.status:
                    yield from missing(each, (record,), on=on, code=self._facts.code)

            days = {*self.verdicts, *_days(each, record, self._window)}
            yield from _appearing(found, days, self._window)


def common_upcoming(common: CommonFacts, outlook: Outlook) -> Iterator[Announced]:
    """Yield what will be found of the association itself."""
    whole, window = Linked(common, None, outlook.everybody), outlook.window
    for each in outlook.provisions.expectations:
        if each.of in COMMON:
            for record in records_of(each, whole):

                def found(on: date, each: Expectation = each, record: Linked = record) -> Iterator[Finding]:
                    yield from missing(each, (record,), on=on, code=None)

                yield from _appearing(found, _days(each, record, window), window)


def _dates(facts: Facts) -> Iterator[date]:
    """Yield every date of a person and her facts, and the day after each last one."""
    for value in vars(facts).values():
        for record in value if isinstance(value, tuple) else (SimpleNamespace(on=value),):
            for name, day in vars(record).items():
                if isinstance(day, date) and day < date.max:
                    yield day + ONE_DAY if name == "until" else day


def _days(each: Expectation, record: Linked, window: Window) -> Iterator[date]:
    for condition in (each.when, each.holds):
        if condition is not None:
            yield from changing(condition, record, window)


def _appearing(found: Found, days: Collection[date] | Iterator[date], window: Window) -> Iterator[Announced]:
    """Yield the findings of each day that were not there on the day looked at before."""
    worth = sorted({day for day in days if day in window})
    if not worth:
        return
    known = {(each.check, each.facts) for each in found(window.on)}
    for day in worth:
        there = {(each.check, each.facts): each for each in found(day)}
        yield from (announce(there[key], day, Kind.FINDING) for key in there.keys() - known)
        known = set(there)
