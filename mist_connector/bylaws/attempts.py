"""What a recorded change leads to: the status that follows at once, and what the bylaws refuse of it.

The CRM does the same in the write's own transaction; tests hold the two to each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .conditions import Requirement
from .facts import Facts
from .holds import holds
from .provisions import Provisions


def settled(facts: Facts, provisions: Provisions, *, on: date) -> str | None:
    """Return the status that facts demand at once, and else the one that is recorded."""
    for status in provisions.statuses:
        if status.immediate and not broken(status.requires, facts, on=on):
            return status.id
    recorded = facts.status
    for status in provisions.statuses:
        if status.id == recorded and status.ends and holds(status.ends.when, facts, on=on):
            recorded = status.ends.becomes
    claimed = provisions.status(recorded)
    if claimed is not None and broken((each for each in claimed.requires if each.lapses), facts, on=on):
        return status_of(facts, provisions, on=on)
    return recorded


def status_of(facts: Facts, provisions: Provisions, *, on: date) -> str | None:
    """Return the status that the bylaws give on a day: the first, in order, whose requirements all hold."""
    fitting = (status.id for status in provisions.statuses if not broken(status.requires, facts, on=on))
    return next(fitting, None)


def refusals(facts: Facts, provisions: Provisions, *, on: date) -> tuple[Requirement, ...]:
    """Return the requirements for which the recorded status is refused; empty where it may stand."""
    claimed = provisions.status(facts.status)
    if claimed is None:
        return ()
    return broken((each for each in claimed.requires if each.enforced), facts, on=on)


def broken(requirements: Iterable[Requirement], facts: object, *, on: date) -> tuple[Requirement, ...]:
    """Return those of the requirements that do not hold."""
    return tuple(
        each
        for each in requirements
        if (each.when is None or holds(each.when, facts, on=on)) and not holds(each.holds, facts, on=on)
    )
