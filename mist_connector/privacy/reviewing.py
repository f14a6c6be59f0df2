"""Who left so long ago that her data are to be looked at again; nothing is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.facts import Facts

ASSOCIATION = "association"


def overdue(people: Iterable[Facts], *, months: int, on: date) -> list[tuple[str, date]]:
    """Return the codes of those who left the association so many months ago, with the day, the first first.

    Whoever signed the bylaws again afterwards has come back.
    """
    limit = on - relativedelta(months=months)
    found = [(each.code, left) for each in people if (left := _left(each)) is not None and left <= limit]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _left(person: Facts) -> date | None:
    """Return the day on which she left for the last time, if she has not come back."""
    gone = [each.on for each in person.departures if each.scope == ASSOCIATION]
    gone += [each.on for each in person.exclusions if each.scope == ASSOCIATION]
    signed = [each.on for each in person.signatures]
    if not gone or any(day > max(gone) for day in signed):
        return None
    return max(gone)
