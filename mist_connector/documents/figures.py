"""The figures about people that documents tell, day by day: one decision about each, for all of them.

The days are those of the assemblies, so that documents of one day say the same, and each report is weighed
against those before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from .linear import Sum
from .suppression import Figure, Guarded, Scheme, changes, groups

TOTAL = "total"
ARRIVALS = "arrivals"
DEPARTURES = "departures"
VOTERS = "voters"
ROOM = ("present", "represented", "absent")


@dataclass(frozen=True)
class Day:
    """What is counted on one day: people by status, in a fixed order; who came and left since then."""

    on: date
    statuses: Mapping[str, int] = field(repr=False)
    arrivals: int = field(default=0, repr=False)
    departures: int = field(default=0, repr=False)


@dataclass(frozen=True)
class Room:
    """Who was at the assembly of the last day, of those who have a vote."""

    present: int = field(repr=False)
    represented: int = field(repr=False)
    absent: int = field(repr=False)
    votes: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)
    """The figures of each vote, by its name: disjoint, together those who voted."""


@dataclass(frozen=True)
class Figures:
    """Every figure from the first day on, and which of them may be shown."""

    days: tuple[Day, ...]
    minimum: int
    entitled: tuple[str, ...] = ()
    room: Room | None = None

    def at(self, name: str, on: date | None = None) -> int | None:
        """Return a figure of a day, the last one if none is given; None: it is masked."""
        key = _key(name, on or self.days[-1].on)
        figure = next(each for each in self.scheme.figures if each.name == key)
        return figure.of.value(self.counts) if key in self.shown else None

    @cached_property
    def shown(self) -> frozenset[str]:
        """The figures that may be shown."""
        return self.scheme.shown(self.counts, minimum=self.minimum)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Every single count by its name and day."""
        found: dict[str, int] = {}
        for day in self.days:
            own = {**day.statuses, ARRIVALS: day.arrivals, DEPARTURES: day.departures}
            found.update({_key(name, day.on): count for name, count in own.items()})
        if self.room is not None:
            there = dict(zip(ROOM, (self.room.present, self.room.represented, self.room.absent), strict=True))
            for name, vote in self.room.votes.items():
                there.update({f"{name}.{part}": count for part, count in vote.items()})
            found.update({_key(name, self.days[-1].on): count for name, count in there.items()})
        return found

    @property
    def scheme(self) -> Scheme:
        """What is told of each day in turn, what follows from what, and what nobody may find."""
        votes = {name: tuple(vote) for name, vote in self.room.votes.items()} if self.room else {}
        return _scheme(
            tuple((day.on, tuple(day.statuses)) for day in self.days),
            self.entitled,
            room=self.room is not None,
            votes=tuple(votes.items()),
        )


@lru_cache(maxsize=64)
def _scheme(
    days: tuple[tuple[date, tuple[str, ...]], ...],
    entitled: tuple[str, ...],
    *,
    room: bool,
    votes: tuple[tuple[str, tuple[str, ...]], ...],
) -> Scheme:
    """Return the scheme of figures of this shape; it knows no count."""
    building = _Building(entitled)
    for place, (on, statuses) in enumerate(days):
        building.add_day(on, statuses, days[:place])
    if room:
        building.add_room(days[-1][0])
        for name, parts in votes:
            building.add_vote(days[-1][0], name, parts)
    return Scheme(tuple(building.figures), frozenset(building.given), tuple(building.guarded))


@dataclass
class _Building:
    """A scheme while it is put together."""

    entitled: tuple[str, ...]
    figures: list[Figure] = field(default_factory=list)
    given: set[Sum] = field(default_factory=set)
    guarded: list[Guarded] = field(default_factory=list)

    def add_day(
        self, on: date, statuses: tuple[str, ...], before: Sequence[tuple[date, tuple[str, ...]]]
    ) -> None:
        """Tell of everybody first, then of those who have a vote, then of each status, then of who moved."""
        parts, whole = _keys(statuses, on), _key(TOTAL, on)
        self.figures.append(Figure(whole, Sum.of(*parts)))
        if self.entitled:
            self.figures.append(
                Figure(_key(VOTERS, on), Sum.of(*_keys(self.entitled, on)), frozenset([whole]))
            )
        self._one_after_another(parts, {_key(VOTERS, on) if self.entitled else whole})
        self.guarded.extend(groups(parts))
        for earlier, same in before:
            self.guarded.extend(changes(_keys(same, earlier), parts))
        came, left = _keys((ARRIVALS, DEPARTURES), on)
        # A whole that was masked before is known to have been small: who came would then tell how small.
        self._one_after_another([came, left], {whole, *(_key(TOTAL, day) for day, _ in before[-1:])})
        net = Sum.of(came, without=[left])
        self.guarded.extend(Guarded(each) for each in (Sum.of(came), Sum.of(left), net))
        if before:
            # Who came less who left is the change of everybody together.
            earlier, same = before[-1]
            self.given.add(Sum.of(*parts, left, without=[*_keys(same, earlier), came]))

    def add_room(self, on: date) -> None:
        """Tell of who was there, of those who have a vote."""
        there = _keys(ROOM, on)
        self._one_after_another(there, {_key(VOTERS, on)})
        self.guarded.extend(groups(there))
        self.given.add(Sum.of(*there, without=_keys(self.entitled, on)))

    def add_vote(self, on: date, name: str, parts: tuple[str, ...]) -> None:
        """Tell of a vote; nearly all who are there vote, so that what it comes to tells who was not."""
        cast, [*there, absent] = _keys([f"{name}.{part}" for part in parts], on), _keys(ROOM, on)
        self._one_after_another(cast, {_key(VOTERS, on)})
        self.guarded.extend(groups([*cast, absent]))
        self.given.add(Sum.of(*cast, without=there))

    def _one_after_another(self, keys: Sequence[str], first: AbstractSet[str]) -> None:
        """Consider single counts in their order, each only where the one before is shown."""
        for place, key in enumerate(keys):
            after = frozenset(keys[place - 1 : place]) if place else frozenset(first)
            self.figures.append(Figure(key, Sum.of(key), after))


def _keys(names: Iterable[str], on: date) -> list[str]:
    return [_key(name, on) for name in names]


def _key(name: str, on: date) -> str:
    return f"{name}@{on.isoformat()}"
