"""What the bylaws expect without refusing anything: said as data, found where it is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta
from pydantic import Field

from mist_connector.strict import Strict

from .checks import Severity
from .conditions import Condition, Lapse
from .facts import CommonFacts, Facts
from .findings import Finding, Word, fill
from .holds import holds
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


def expectation_findings(
    facts: Facts, verdict: Verdict, expectations: Collection[Expectation], everybody: Association
) -> Iterator[Finding]:
    """Find what is expected of a person and of her facts, and is not there."""
    status = verdict.status
    person = linked(facts, status, everybody)
    for each in expectations:
        if each.of not in COMMON and (not each.status or status in each.status):
            yield from missing(each, records_of(each, person), on=verdict.on, code=facts.code)


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
            yield from missing(each, records_of(each, whole), on=on, code=None)


COMMON = ("association", "sessions", "suggestions", "publications", "assemblies", "items", "alerts")


def records_of(each: Expectation, whole: Linked) -> tuple[Linked, ...]:
    """Return what an expectation is about: the person or the association itself, or its facts of one kind."""
    if each.of in {None, "association"}:
        return (whole,)
    records: tuple[Linked, ...] = getattr(whole, str(each.of))
    return records


def missing(
    each: Expectation, records: Collection[Linked], *, on: date, code: str | None
) -> Iterator[Finding]:
    """Find those of the records on which what is expected of them does not hold."""
    for record in records:
        if (each.when is None or holds(each.when, record, on=on)) and not holds(each.holds, record, on=on):
            due = _due(each.due, record)
            words: dict[str, Word] = {"due": due or "", **_words(record)}
            yield Finding(
                check=each.id,
                severity=each.severity,
                rule=each.rule,
                text=fill(each, words),
                mend=fill(each.mend, words),
                code=code,
                facts=(record.itself,) if each.of not in {None, "association"} else (),
                due=due,
            )


def _due(due: Due | None, record: Linked) -> date | None:
    start = getattr(record, due.after) if due else None
    if due is None or start is None:
        return None
    day: date = start + relativedelta(months=due.lapse.months, days=due.lapse.days)
    return day


def _words(record: Linked) -> dict[str, Word]:
    """Return the dates of a fact, which its sentence may say."""
    return {name: getattr(record.itself, name, None) for name in ("on", "since", "until")}
