"""Facts with a term: whether they are in force on a day, and when they end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from dateutil.relativedelta import relativedelta


class Term(Protocol):
    """Something that lasts from one day to another, both included; for ever without an end."""

    @property
    def since(self) -> date:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day, or None where there is none yet."""


T = TypeVar("T", bound=Term)


def lasts_on(term: Term, on: date) -> bool:
    """Tell whether a term includes the day."""
    return term.since <= on and (term.until is None or on <= term.until)


def in_force(terms: Iterable[T], on: date) -> tuple[T, ...]:
    """Return those of the terms that include the day, in the order of their first days."""
    return tuple(sorted((term for term in terms if lasts_on(term, on)), key=lambda term: term.since))


def longest(terms: Iterable[T]) -> T | None:
    """Return the term that ends last, if there is one."""
    return max(terms, key=lambda term: term.until or date.max, default=None)


def ends_within(term: Term, days: int, on: date) -> bool:
    """Tell whether a term in force ends at most so many days after this one."""
    return term.until is not None and term.until <= on + timedelta(days=days)


def exceeds(term: Term, months: int) -> bool:
    """Tell whether a term lasts longer than so many calendar months: 31 August + 6 is the end of February."""
    return term.until is None or term.until > term.since + relativedelta(months=months)
