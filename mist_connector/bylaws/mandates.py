"""Mandates: how long they last, who may hold them, and whether the seats of each office are filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from .checks import CheckId
from .facts import Facts, Mandate
from .findings import Finding, Word, found
from .in_force import ends_within, exceeds, in_force
from .offices import Number, Office
from .provisions import Provisions
from .verdict import Verdict


def mandate_findings(facts: Facts, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    """Find mandates too long, held without the status that they demand, or about to end."""
    for mandate in facts.mandates:
        office = provisions.office(mandate.office)
        if office is not None:
            yield from _too_long(mandate, office, facts, provisions)
            if mandate in verdict.mandates:
                yield from _without_status(mandate, office, verdict, provisions)
                yield from _ending(mandate, office, verdict, provisions)


def office_findings(people: Collection[Facts], provisions: Provisions, *, on: date) -> Iterator[Finding]:
    """Find offices with too many or too few holders, or with too few who speak French."""
    for office in provisions.offices:
        holders = [facts for facts in people if _held(facts, office, on)]
        yield from _seats(holders, office, provisions)
        if office.french is not None:
            yield from _french(holders, office, office.french, provisions)


def _held(facts: Facts, office: Office, on: date) -> bool:
    return any(mandate.office == office.id for mandate in in_force(facts.mandates, on))


def _too_long(mandate: Mandate, office: Office, facts: Facts, provisions: Provisions) -> Iterator[Finding]:
    check = provisions.check(CheckId.MANDATE_TOO_LONG)
    if check is not None and exceeds(mandate, office.months.value):
        words = {**_words(mandate, office), "months": str(office.months.value)}
        yield found(check, words, rule=office.months.rule, code=facts.code, facts=(mandate,))


def _without_status(
    mandate: Mandate, office: Office, verdict: Verdict, provisions: Provisions
) -> Iterator[Finding]:
    check = provisions.check(CheckId.MANDATE_WITHOUT_STATUS)
    wanted = office.requires_status
    if check is not None and verdict.status != wanted.value:
        words: dict[str, Word] = {
            "office": office.label,
            "wanted": provisions.status_label(wanted.value),
            "status": provisions.status_label(verdict.status),
        }
        yield found(check, words, rule=wanted.rule, code=verdict.code, facts=(mandate,))


def _ending(mandate: Mandate, office: Office, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    check = provisions.check(CheckId.MANDATE_ENDS)
    if check is not None and check.days is not None and ends_within(mandate, check.days, verdict.on):
        words = {**_words(mandate, office), "days": str(check.days)}
        yield found(check, words, rule=office.months.rule, code=verdict.code, facts=(mandate,))


def _words(mandate: Mandate, office: Office) -> dict[str, Word]:
    until = mandate.until.isoformat() if mandate.until else "…"
    return {"office": office.label, "since": mandate.since.isoformat(), "until": until}


def _seats(holders: Collection[Facts], office: Office, provisions: Provisions) -> Iterator[Finding]:
    count, seats = len(holders), office.seats
    if count == seats.value:
        return
    check = provisions.check(CheckId.SEATS_EXCEEDED if count > seats.value else CheckId.SEATS_VACANT)
    if check is not None:
        words: dict[str, Word] = {"office": office.label, "count": str(count), "seats": str(seats.value)}
        yield found(check, words, rule=seats.rule, others=_codes(holders))


def _french(
    holders: Collection[Facts], office: Office, wanted: Number, provisions: Provisions
) -> Iterator[Finding]:
    check = provisions.check(CheckId.NOBODY_SPEAKS_FRENCH)
    speakers = sum(facts.speaks_french for facts in holders)
    if check is not None and holders and speakers < wanted.value:
        words: dict[str, Word] = {"office": office.label, "count": str(wanted.value)}
        yield found(check, words, rule=wanted.rule, others=_codes(holders))


def _codes(holders: Collection[Facts]) -> tuple[str, ...]:
    return tuple(sorted(facts.code for facts in holders))
