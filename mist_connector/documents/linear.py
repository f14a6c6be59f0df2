"""What arithmetic finds: which sums follow from the sums that are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Row: TypeAlias = Mapping[str, Fraction]


@dataclass(frozen=True)
class Sum:
    """A sum of counts, some perhaps taken away: each count's name, and how many times it is in it."""

    terms: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, *added: str, without: Iterable[str] = ()) -> Sum:
        """Return the sum of some counts, less others."""
        return cls(frozenset([*((name, 1) for name in added), *((name, -1) for name in without)]))

    def value(self, counts: Mapping[str, int]) -> int:
        """Return what the sum comes to."""
        return sum(times * counts[name] for name, times in self.terms)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What somebody knows, and of each sum that she would like to know, what is still missing.

    Nothing is missing of a sum that follows from what she knows.
    """

    known: Mapping[str, Row]
    missing: tuple[Row, ...]

    @classmethod
    def of(cls, given: Iterable[Sum], wanted: Iterable[Sum]) -> Knowledge:
        """Return what she begins with."""
        knowledge = cls({}, tuple(_row(each) for each in wanted))
        for each in sorted(given, key=lambda one: sorted(one.terms)):
            knowledge = knowledge.with_sum(each)
        return knowledge

    def found_by(self, told: Sum) -> tuple[int, ...]:
        """Return the places of the sums that she would find once she is told this one, and did not know."""
        row = self._new_in(told)
        return tuple(place for place, rest in enumerate(self.missing) if rest and _is_multiple(rest, row))

    def with_sum(self, told: Sum) -> Knowledge:
        """Return what she knows once she is told a sum."""
        row = self._new_in(told)
        if not row:
            return self
        lead = min(row)
        return Knowledge({**self.known, lead: row}, tuple(_less(rest, row, lead) for rest in self.missing))

    def _new_in(self, told: Sum) -> Row:
        """Return what a sum says beyond what is known."""
        row = _row(told)
        while leads := row.keys() & self.known.keys():
            lead = min(leads)
            row = _less(row, self.known[lead], lead)
        return row


def _row(told: Sum) -> Row:
    return {name: Fraction(times) for name, times in told.terms}


def _less(row: Row, other: Row, lead: str) -> Row:
    """Return a row from which as much of another is taken as frees it of one count."""
    if lead not in row:
        return row
    times = row[lead] / other[lead]
    left = {
        name: row.get(name, Fraction()) - times * other.get(name, Fraction()) for name in {**row, **other}
    }
    return {name: value for name, value in left.items() if value}


def _is_multiple(row: Row, other: Row) -> bool:
    return row.keys() == other.keys() and len({row[name] / other[name] for name in row}) == 1
