"""Mandates: how long they last, who may hold them, and whether the seats of each office are filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from mist_connector.conditions.holds import holds

from .attempts import status_of
from .checks import CheckId
from .facts import Facts, Mandate
from .findings import Finding, Word, found
from .in_force import ends_within, exceeds, in_force, lasts_on
from .offices import Because, French, Half, Number, Office
from .provisions import Provisions
from .verdict import Verdict


def mandate_findings(facts: Facts, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    """Find mandates too long, twice at once, held without the status that they demand, or about to end."""
    for mandate in facts.mandates:
        office = provisions.office(mandate.office)
        if office is not None:
            yield from _too_long(mandate, office, facts, provisions, verdict.on)
            yield from _twice(mandate, office, facts, provisions, verdict.on)
            if mandate in verdict.mandates:
                yield from _without_status(mandate, office, verdict, provisions)
                yield from _ending(mandate, office, facts, verdict, provisions)


def office_findings(
    people: Collection[Facts],
    provisions: Provisions,
    *,
    on: date,
    offices: Collection[Office] | None = None,
) -> Iterator[Finding]:
    """Find offices with too many or too few holders, or with too few who speak French; all, or only some."""
    for office in provisions.offices if offices is None else offices:
        holders = [facts for facts in people if _held(facts, office, on)]
        yield from _seats(holders, office, provisions)
        if office.french is not None:
            yield from _french(holders, office, office.french, provisions, on)
        if office.half is not None:
            yield from _half(holders, office, office.half, provisions, on)
        if office.vacancy is not None and office.seats is not None and len(holders) < office.seats.value:
            yield from _to_fill(holders, office, office.vacancy, provisions)


def _held(facts: Facts, office: Office, on: date) -> bool:
    return any(mandate.office == office.id for mandate in in_force(facts.mandates, on))


def _too_long(
    mandate: Mandate, office: Office, facts: Facts, provisions: Provisions, on: date
) -> Iterator[Finding]:
    """Find a mandate, not over yet, that lasts longer than was admitted when it was entered."""
    check, demand = provisions.check(CheckId.MANDATE_TOO_LONG), office.months
    if check is None or demand is None or (mandate.until is not None and mandate.until < on):
        return
    months = mandate.months or demand.value
    if exceeds(mandate, months):
        words = {**_words(mandate, office), "months": str(months)}
        yield found(check, words, rule=demand.rule, code=facts.code, facts=(mandate,), office=office.id)


def _without_status(
    mandate: Mandate, office: Office, verdict: Verdict, provisions: Provisions
) -> Iterator[Finding]:
    check = provisions.check(CheckId.MANDATE_WITHOUT_STATUS)
    wanted = office.requires_status
    if check is not None and wanted is not None and verdict.status != wanted.value:
        words: dict[str, Word] = {
            "office": office.label,
            "wanted": provisions.status_label(wanted.value),
            "status": provisions.status_label(verdict.status),
        }
        yield found(check, words, rule=wanted.rule, code=verdict.code, facts=(mandate,), office=office.id)


def _twice(
    mandate: Mandate, office: Office, facts: Facts, provisions: Provisions, on: date
) -> Iterator[Finding]:
    """Find a mandate that begins while another one of hers for the same office lasts, unless that is past."""
    check, demand = provisions.check(CheckId.MANDATES_OVERLAP), office.first_part
    earlier = [
        each
        for each in facts.mandates
        if each is not mandate and each.office == mandate.office and lasts_on(each, mandate.since)
        # Of two that begin on one day, only one is found.
        if (each.since, each.until or date.max) <= (mandate.since, mandate.until or date.max)
    ]
    past = [end for end in (mandate.until, *(each.until for each in earlier)) if end and end < on]
    if check is not None and demand is not None and earlier and not past:
        yield found(
            check,
            _words(mandate, office),
            rule=demand.rule,
            code=facts.code,
            facts=(mandate,),
            office=office.id,
        )


def _goes_on(office: Office, last: date, facts: Facts) -> bool:
    """Tell whether another mandate of hers for the office is in force after the last day of one."""
    after = last + timedelta(days=1)
    return any(each.office == office.id and lasts_on(each, after) for each in facts.mandates)


def _ending(
    mandate: Mandate, office: Office, facts: Facts, verdict: Verdict, provisions: Provisions
) -> Iterator[Finding]:
    check, months = provisions.check(CheckId.MANDATE_ENDS), office.months
    if check is None or check.days is None or months is None or mandate.until is None:
        return
    if ends_within(mandate, check.days, verdict.on) and not _goes_on(office, mandate.until, facts):
        words = {**_words(mandate, office), "days": str(check.days)}
        yield found(
            check,
            words,
            rule=months.rule,
            code=verdict.code,
            facts=(mandate,),
            due=mandate.until,
            office=office.id,
        )


def _words(mandate: Mandate, office: Office) -> dict[str, Word]:
    return {"office": office.label, "since": mandate.since, "until": mandate.until}


def _seats(holders: Collection[Facts], office: Office, provisions: Provisions) -> Iterator[Finding]:
    count, most, fewest = len(holders), office.seats, office.fewest
    if most is not None and count > most.value:
        yield from _miscounted(CheckId.SEATS_EXCEEDED, most, holders, office, provisions)
    if fewest is not None and count < fewest.value:
        yield from _miscounted(CheckId.SEATS_VACANT, fewest, holders, office, provisions)


def _miscounted(
    check_id: CheckId, number: Number, holders: Collection[Facts], office: Office, provisions: Provisions
) -> Iterator[Finding]:
    check = provisions.check(check_id)
    if check is not None:
        count = str(len(holders))
        words: dict[str, Word] = {"office": office.label, "count": count, "seats": str(number.value)}
        yield found(check, words, rule=number.rule, others=_codes(holders), office=office.id)


def _french(
    holders: Collection[Facts], office: Office, wanted: French, provisions: Provisions, on: date
) -> Iterator[Finding]:
    check = provisions.check(CheckId.NOBODY_SPEAKS_FRENCH)
    speakers = sum(holds(wanted.spoken, facts, on=on) for facts in holders)
    if check is not None and holders and speakers < wanted.value:
        words: dict[str, Word] = {"office": office.label, "count": str(wanted.value)}
        yield found(check, words, rule=wanted.rule, others=_codes(holders), office=office.id)


def _half(
    holders: Collection[Facts], office: Office, wanted: Half, provisions: Provisions, on: date
) -> Iterator[Finding]:
    """Find fewer than half who have the status today; nobody loses a seat for it (Q09)."""
    check, least = provisions.check(CheckId.HALF_MISSING), wanted.of(len(holders))
    count = sum(status_of(facts, provisions, on=on) == wanted.value for facts in holders)
    if check is not None and count < least:
        words: dict[str, Word] = {
            "office": office.label,
            "count": str(count),
            "wanted": str(least),
            "status": provisions.status_label(wanted.value),
        }
        yield found(check, words, rule=wanted.rule, others=_codes(holders), office=office.id)


def _to_fill(
    holders: Collection[Facts], office: Office, because: Because, provisions: Provisions
) -> Iterator[Finding]:
    check = provisions.check(CheckId.SEAT_TO_FILL)
    if check is not None and office.seats is not None:
        seats = str(office.seats.value)
        words: dict[str, Word] = {"office": office.label, "count": str(len(holders)), "seats": seats}
        yield found(check, words, rule=because.rule, others=_codes(holders), office=office.id)


def _codes(holders: Collection[Facts]) -> tuple[str, ...]:
    return tuple(sorted(facts.code for facts in holders))
