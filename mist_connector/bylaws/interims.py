"""Interims: whoever replaces somebody serves the rest of that term, and no longer (Q07)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from .checks import CheckId
from .facts import Facts, Mandate
from .findings import Finding, Word, found
from .offices import Because, Number, Office
from .provisions import Provisions

Held = tuple[str, Mandate]


def interim_findings(people: Collection[Facts], provisions: Provisions, *, on: date) -> Iterator[Finding]:
    """Find interims, not over yet, that last beyond the term of every mandate that they may replace."""
    holders = [facts for facts in people if facts.mandates]
    for office in provisions.offices:
        held = [
            (facts.code, each) for facts in holders for each in facts.mandates if each.office == office.id
        ]
        if office.months is not None and office.vacancy is not None:
            yield from _too_long(held, office, office.months, office.vacancy, provisions, on=on)


def _too_long(
    held: Collection[Held],
    office: Office,
    months: Number,
    vacancy: Because,
    provisions: Provisions,
    *,
    on: date,
) -> Iterator[Finding]:
    check = provisions.check(CheckId.INTERIM_BEYOND_TERM)
    for code, mandate in held:
        last = mandate.until or date.max
        if check is None or not mandate.interim or last < on:
            continue
        term = _rest_of_term(mandate, held, months.value)
        if term is not None and last > term:
            words: dict[str, Word] = {
                "office": office.label,
                "since": mandate.since,
                "until": mandate.until,
                "term": term,
            }
            yield found(check, words, rule=vacancy.rule, code=code, facts=(mandate,), office=office.id)


def _rest_of_term(interim: Mandate, held: Collection[Held], months: int) -> date | None:
    """Return the last day of the longest term that was cut short before the interim; None: none was."""
    terms = (
        (each.until, each.since + relativedelta(months=each.months or months))
        for _, each in held
        if each is not interim and each.until is not None and not each.interim
    )
    return max((term for end, term in terms if end < interim.since <= term), default=None)
