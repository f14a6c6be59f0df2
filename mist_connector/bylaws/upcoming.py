"""What will be found later of what is all right today, person by person, on the days that matter alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mist_connector.conditions.changing import Watch, Window, bounds, named_days, watching
from mist_connector.remembered import Remembered

from .accompaniments import accompaniment_findings
from .announced import Announced, Kind, announce
from .bodies import status_days
from .checks import CheckId
from .clock import clock_days, clock_findings, clocked
from .engine import decide_among, judge
from .expectations import COMMON, Expectation, facts_of, lacking, lacks, records_of
from .facts import CommonFacts, Dated, Facts, Function
from .findings import Finding
from .linked import Association, Linked
from .mandates import mandate_findings
from .provisions import Provisions
from .roles import role_findings
from .verdict import Verdict

# That something ends soon is no news where its end itself is announced.
_ANNOUNCING = frozenset({CheckId.MANDATE_ENDS, CheckId.AGREEMENT_ENDS})
Found = Callable[[date], Iterator[Finding]]
# What makes a finding about her the same one on two days: what was looked for, and in which facts.
Key = tuple[str, tuple[Dated, ...]]


@dataclass(frozen=True)
class Outlook:
    """What is known of everybody, and the days looked at."""

    provisions: Provisions
    everybody: Association
    functions: Mapping[str, Function]
    window: Window


class Upcoming:
    """One person in the days to come: her statuses, and what will be found about her."""

    def __init__(self, facts: Facts, outlook: Outlook) -> None:
        """Judge her on the days on which her status may change."""
        self._facts, self._outlook = facts, outlook
        self._provisions, self._window = outlook.provisions, outlook.window
        provisions, window = self._provisions, self._window
        self.today, self._person = decide_among(
            facts, provisions, outlook.everybody, outlook.functions, on=window.on
        )
        days = status_days(facts, provisions, window)
        self._changes = frozenset(days)
        self.verdicts = {
            window.on: self.today,
            **{day: judge(facts, provisions, on=day) for day in sorted(days)},
        }

    def statuses(self) -> Iterator[tuple[Verdict, Verdict]]:
        """Yield the verdicts before and after each change of her status."""
        before, *others = self.verdicts.values()
        for after in others:
            if after.status != before.status:
                yield before, after
            before = after

    def findings(self) -> Iterator[Announced]:
        """Yield what will be found about her, on the first day of each."""
        yield from _appearing(self._of_checks, self._check_days(), self._window, self._known)
        for each in self._provisions.expectations:
            if each.of not in COMMON:
                yield from self._expected(each)

    @cached_property
    def _ever(self) -> frozenset[str | None]:
        """The statuses that she has in these days."""
        return frozenset(verdict.status for verdict in self.verdicts.values())

    @cached_property
    def _known(self) -> frozenset[Key]:
        """What is found about her today."""
        return frozenset(_key(each) for each in self.today.findings)

    def _verdict(self, on: date) -> Verdict:
        judged = self.verdicts.get(on)
        return judge(self._facts, self._provisions, on=on) if judged is None else judged

    def _status(self, on: date) -> str | None:
        """Return her status of a day; between two changes, it stays what it is."""
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
        if any(clocked(verdict.status, self._provisions) for verdict in self.verdicts.values()):
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
        watch = _watching(each)
        if watch is None and not self._changes:
            return
        for record in records_of(each, self._person):
            days = self._changes | named_days(watch, record, self._window)
            if days:
                known = (each.id, facts_of(record, each)) in self._known
                yield from _lacking(
                    record, each, days, known=known, code=self._facts.code, status=self._status
                )


def common_upcoming(common: CommonFacts, outlook: Outlook) -> Iterator[Announced]:
    """Yield what will be found of the association itself."""
    whole = Linked(common, None, outlook.everybody)
    for each in outlook.provisions.expectations:
        if each.of in COMMON:
            for record in records_of(each, whole):
                days = named_days(_watching(each), record, outlook.window)
                known = lacks(record, each, on=outlook.window.on)
                yield from _lacking(record, each, days, known=known)


def _watched(each: Expectation) -> Watch | None:
    return watching((each.when, each.holds))


_watching = Remembered(_watched)


def _lacking(
    record: Linked,
    each: Expectation,
    days: Iterable[date],
    *,
    known: bool,
    code: str | None = None,
    status: Callable[[date], str | None] | None = None,
) -> Iterator[Announced]:
    """Yield what a record lacks on one of these days and not on the one before; `known`: today already."""
    for day in sorted(days):
        expected = status is None or not each.status or status(day) in each.status
        found = expected and lacks(record, each, on=day)
        if found and not known:
            yield announce(lacking(record, each, code=code), day, Kind.FINDING)
        known = found


def _key(finding: Finding) -> Key:
    return str(finding.check), finding.facts


def _appearing(
    found: Found, days: Iterable[date], window: Window, known: frozenset[Key]
) -> Iterator[Announced]:
    """Yield what is found on each day and was not on the day looked at before; `known`: on the first."""
    for day in sorted({day for day in days if day in window}):
        there = {_key(each): each for each in found(day)}
        yield from (announce(there[key], day, Kind.FINDING) for key in there.keys() - known)
        known = frozenset(there)
