"""One decision, for all documents, about which figures of people may be shown; the others are masked.

A figure is masked where it is below the minimum, zero alike, and also where arithmetic would find, from all
that is shown, in this report or an earlier one, the size or the change of a group smaller than that. *Which*
figures are given up depends on their order alone, never on which is the smallest: that would give masked ones
away to whoever knows the method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from .linear import Knowledge, Sum


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure that documents would like to show; `after`: only where these, considered before, are shown.

    A whole that is masked is known to be small, or to have moved little: a part would tell the rest. And
    which of the parts is masked first must not tell why.
    """

    name: str
    of: Sum
    after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guarded:
    """A sum that nobody may find while it is small; `pair`: of several groups, any of which may be."""

    of: Sum
    pair: bool = False


@dataclass(frozen=True, eq=False)
class Scheme:
    """The figures in the order in which they are considered, what everybody knows, and what is guarded."""

    figures: tuple[Figure, ...]
    given: frozenset[Sum] = frozenset()
    guarded: tuple[Guarded, ...] = ()

    def shown(self, counts: Mapping[str, int], *, minimum: int) -> frozenset[str]:
        """Return the names of the figures that may be shown together."""
        shown: tuple[Figure, ...] = ()
        names: frozenset[str] = frozenset()
        for figure in self.figures:
            if not figure.after <= names:
                continue
            if all(_may_be_found(each, counts, minimum) for each in _found(self, shown, figure)):
                shown, names = (*shown, figure), names | {figure.name}
        return names


def groups(names: Sequence[str]) -> tuple[Guarded, ...]:
    """Guard every group made of disjoint parts: a part, or several together."""
    return tuple(
        Guarded(Sum.of(*some), pair=size > 1)
        for size in range(1, len(names) + 1)
        for some in combinations(names, size)
    )


def changes(before: Sequence[str], now: Sequence[str]) -> tuple[Guarded, ...]:
    """Guard the change of every group between two days; the parts are in the same order."""
    places = range(len(now))
    return tuple(
        Guarded(Sum.of(*(now[each] for each in some), without=[before[each] for each in some]))
        for size in range(1, len(now) + 1)
        for some in combinations(places, size)
    )


@lru_cache(maxsize=16384)
def _found(scheme: Scheme, shown: tuple[Figure, ...], more: Figure) -> tuple[Guarded, ...]:
    """Return what arithmetic finds once one more figure is shown, whatever the values."""
    places = _known(scheme, shown).found_by(more.of)
    return tuple(scheme.guarded[place] for place in places)


@lru_cache(maxsize=4096)
def _known(scheme: Scheme, shown: tuple[Figure, ...]) -> Knowledge:
    """Return what everybody knows once these figures are shown."""
    if not shown:
        return Knowledge.of(scheme.given, [each.of for each in scheme.guarded])
    return _known(scheme, shown[:-1]).with_sum(shown[-1].of)


def _may_be_found(guarded: Guarded, counts: Mapping[str, int], minimum: int) -> bool:
    return abs(guarded.of.value(counts)) >= (2 * minimum if guarded.pair else minimum)


def suppress_one(count: int, *, minimum: int) -> int | None:
    """Return a count that stands alone, as it may be shown."""
    return count if count >= minimum else None
