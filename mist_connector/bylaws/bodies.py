"""The day on which a body will break: a board that loses its half, a pair its French, a seat its holder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from mist_connector.conditions.changing import ONE_DAY, Watch, Window, bounds, named_days, watching
from mist_connector.remembered import Remembered

from .announced import Announced, Kind, announce
from .attempts import status_of
from .checks import Severity
from .facts import Facts
from .findings import Finding
from .in_force import in_force
from .mandates import office_findings
from .offices import Office
from .provisions import Provisions


def breaks(
    people: Collection[Facts], provisions: Provisions, *, on: date, last: date = date.max
) -> tuple[Announced, ...]:
    """Return the first day on which each check of each body will find something that it does not find today.

    Only the days count on which a mandate begins or has ended, or on which a holder's status may change.
    """
    holders = [facts for facts in people if facts.mandates]
    window = Window(on, last)
    found = (each for office in provisions.offices for each in _of(office, holders, provisions, window))
    return tuple(sorted(found, key=lambda each: each.order))


def _of(
    office: Office, people: Sequence[Facts], provisions: Provisions, window: Window
) -> Iterator[Announced]:
    holders = [facts for facts in people if any(each.office == office.id for each in facts.mandates)]
    known = {finding.check for finding in _found(office, holders, provisions, window.on)}
    for day in sorted(set(_days(office, holders, provisions, window))):
        for finding in _found(office, holders, provisions, day):
            # That a seat is to be filled follows from its being empty, which is said.
            if finding.check not in known and finding.severity is not Severity.REMINDER:
                known.add(finding.check)
                because = _changed(office, holders, provisions, day)
                yield announce(finding, day, Kind.BODY, because)


def _days(office: Office, holders: Sequence[Facts], provisions: Provisions, window: Window) -> Iterator[date]:
    for facts in holders:
        for mandate in facts.mandates:
            if mandate.office == office.id:
                yield from (day for day in bounds(mandate) if day in window)
        yield from status_days(facts, provisions, window)


def status_days(facts: Facts, provisions: Provisions, window: Window) -> set[date]:
    """Return the days on which a person's status may change."""
    return named_days(_watching_statuses(provisions), facts, window)


def _watched(provisions: Provisions) -> Watch | None:
    return watching(each.holds for each in provisions.requirements)


_watching_statuses = Remembered(_watched)


def _found(office: Office, holders: Sequence[Facts], provisions: Provisions, on: date) -> list[Finding]:
    return list(office_findings(holders, provisions, on=on, offices=(office,)))


def _changed(office: Office, holders: Sequence[Facts], provisions: Provisions, day: date) -> tuple[str, ...]:
    """Return whose mandate or status is no longer what it was on the day before."""
    before = day - ONE_DAY
    return tuple(
        sorted(
            facts.code
            for facts in holders
            if _holds(facts, office, before) != _holds(facts, office, day)
            or (
                _holds(facts, office, day)
                and status_of(facts, provisions, on=before) != status_of(facts, provisions, on=day)
            )
        )
    )


def _holds(facts: Facts, office: Office, on: date) -> bool:
    return any(each.office == office.id for each in in_force(facts.mandates, on))
