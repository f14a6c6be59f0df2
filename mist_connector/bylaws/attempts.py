"""What a recorded change leads to: the status that follows, and what the bylaws refuse of it.

The CRM does the same in the write's own transaction; tests hold the two to each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mist_connector.conditions.holds import holds

from .facts import Facts
from .provisions import Provisions
from .requirements import Requirement

# The names of the last day of a term: to bring it forward claims nothing.
ENDS = frozenset({"until", "ends"})


def status_of(facts: Facts, provisions: Provisions, *, on: date) -> str | None:
    """Return the status that the bylaws give on a day: the first, in order, whose requirements all hold."""
    fitting = (status.id for status in provisions.statuses if not broken(status.requires, facts, on=on))
    return next(fitting, None)


def claims_anew(old: object, new: object, names: Iterable[str]) -> bool:
    """Tell whether a change of a term claims something by one of these names, or only gives something up.

    Another value claims; of the last day, only a later one, or none, does. A new term claims everything.
    """
    return old is None or any(_claims(getattr(old, name), getattr(new, name), name) for name in names)


def _claims(old: object, new: object, name: str) -> bool:
    if name not in ENDS or not isinstance(old, date):
        return old != new and name not in ENDS
    return not isinstance(new, date) or new > old


def broken(requirements: Iterable[Requirement], facts: object, *, on: date) -> tuple[Requirement, ...]:
    """Return those of the requirements that do not hold."""
    return tuple(
        each
        for each in requirements
        if (each.when is None or holds(each.when, facts, on=on)) and not holds(each.holds, facts, on=on)
    )
