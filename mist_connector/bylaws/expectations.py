"""What the bylaws expect without refusing anything: said as data, found where it is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from pydantic import Field

from mist_connector.conditions.holds import Reader, reader
from mist_connector.conditions.lapse import Lapse
from mist_connector.conditions.spelling import Condition
from mist_connector.remembered import Remembered
from mist_connector.strict import Strict

from .checks import Severity
from .facts import CommonFacts, Dated, Facts
from .findings import Finding, Word, fill
from .linked import Association, Linked
from .rules import RULE_ID
from .statuses import ID
from .text import Text
from .verdict import Verdict


class Due(Strict):
    """The last day on which something is to be done: so long after a date of the record."""

    after: str
    lapse: Lapse = Lapse()


class Expectation(Text):
    """What must hold of a person, of each fact of one kind, or of the association; else it is a finding.

    `of`: the kind of fact (`mandates`, `sessions`…), or nothing for the person; `of: association` for what is
    recorded of the association as a whole. `status`: only for people of these. `when`: only where this holds.
    """

    id: str = Field(pattern=ID)
    rule: str = Field(pattern=RULE_ID)
    severity: Severity
    of: str | None = None
    status: tuple[str, ...] = ()
    when: Condition | None = None
    holds: Condition
    due: Due | None = None
    mend: Text


Expected = tuple[Expectation, Reader]


def expectation_findings(
    person: Linked, verdict: Verdict, expectations: Collection[Expectation]
) -> Iterator[Finding]:
    """Find what is expected of a person and of her facts, and is not there; she has the status decided."""
    for each, missing in _expected_of(expectations)(verdict.status):
        for record in records_of(each, person):
            if missing(record, verdict.on, None):
                yield lacking(record, each, code=verdict.code)


def linked(facts: Facts, status: str | None, everybody: Association) -> Linked:
    """Return a person with her links, and with the status that the bylaws give her."""
    return Linked(facts if facts.status == status else replace(facts, status=status), None, everybody)


def common_findings(
    common: CommonFacts, expectations: Collection[Expectation], everybody: Association, *, on: date
) -> Iterator[Finding]:
    """Find what is expected of the association, and is not there."""
    whole = Linked(common, None, everybody)
    for each in expectations:
        if each.of in COMMON:
            yield from (
                lacking(record, each, code=None)
                for record in records_of(each, whole)
                if lacks(record, each, on=on)
            )


# An expectation of these is about no single fact.
_WHOLE = frozenset({None, "association"})
COMMON = ("association", "sessions", "suggestions", "publications", "assemblies", "items", "alerts")


def records_of(each: Expectation, whole: Linked) -> tuple[Linked, ...]:
    """Return what an expectation is about: the person or the association itself, or its facts of one kind."""
    if each.of in _WHOLE:
        return (whole,)
    records: tuple[Linked, ...] = getattr(whole, str(each.of))
    return records


def lacks(record: Linked, each: Expectation, *, on: date) -> bool:
    """Tell whether something is expected of a record, and does not hold."""
    return _lacks(each)(record, on, None)


def _read(each: Expectation) -> Reader:
    """Return what tells of a record whether what is expected of it is missing."""
    wanted, when = reader(each.holds), None if each.when is None else reader(each.when)
    if when is None:
        return lambda record, on, me: not wanted(record, on, me)
    return lambda record, on, me: when(record, on, me) and not wanted(record, on, me)


_lacks = Remembered(_read)


def _by_status(expectations: Collection[Expectation]) -> Callable[[str | None], Sequence[Expected]]:
    """Return what tells, by her status, what is expected of a person, and what finds it missing."""

    @lru_cache(maxsize=64)
    def expected_of(status: str | None) -> Sequence[Expected]:
        own = [each for each in expectations if each.of not in COMMON]
        return [(each, _lacks(each)) for each in own if not each.status or status in each.status]

    return expected_of


_expected_of = Remembered(_by_status)


def lacking(record: Linked, each: Expectation, *, code: str | None) -> Finding:
    """Return what is found of a record that lacks what is expected."""
    due = _due(each.due, record)
    words: dict[str, Word] = {"due": due or "", **_words(record)}
    return Finding(
        check=each.id,
        severity=each.severity,
        rule=each.rule,
        text=fill(each, words),
        mend=fill(each.mend, words),
        code=code,
        facts=facts_of(record, each),
        due=due,
    )


def facts_of(record: Linked, each: Expectation) -> tuple[Dated, ...]:
    """Return the fact that an expectation is about, if it is about one."""
    return (record.itself,) if each.of not in _WHOLE else ()


def _due(due: Due | None, record: Linked) -> date | None:
    start = getattr(record, due.after) if due else None
    if due is None or start is None:
        return None
    day: date = start + relativedelta(months=due.lapse.months, days=due.lapse.days)
    return day


def _words(record: Linked) -> dict[str, Word]:
    """Return the dates of a fact, which its sentence may say."""
    return {name: getattr(record.itself, name, None) for name in ("on", "since", "until")}
