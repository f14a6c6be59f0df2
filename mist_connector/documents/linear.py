"""What arithmetic finds: which sums follow from the sums that are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property


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


@dataclass(frozen=True)
class Known:
    """Sums whose value somebody knows."""

    sums: frozenset[Sum]

    def tells(self, wanted: Sum) -> bool:
        """Tell whether the value of a sum follows from those that are known."""
        rest = _reduced({name: Fraction(times) for name, times in wanted.terms}, self._basis)
        return not rest

    @cached_property
    def _basis(self) -> dict[str, dict[str, Fraction]]:
        """The known sums, each freed of the leading counts of the others before it."""
        basis: dict[str, dict[str, Fraction]] = {}
        for each in sorted(self.sums, key=lambda one: sorted(one.terms)):
            rest = _reduced({name: Fraction(times) for name, times in each.terms}, basis)
            if rest:
                lead = min(rest)
                basis[lead] = {name: times / rest[lead] for name, times in rest.items()}
        return basis


def _reduced(row: dict[str, Fraction], basis: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Take the known sums away from a row until no leading count of theirs is in it."""
    left = dict(row)
    while shared := [name for name in left if name in basis]:
        name = min(shared)
        times = left[name]
        for other, share in basis[name].items():
            left[other] = left.get(other, Fraction()) - times * share
            if not left[other]:
                del left[other]
    return left
