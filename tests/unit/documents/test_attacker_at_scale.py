"""An attacker at the association's own size and minimum, who knows all that was published and three members.

There are too many worlds to try all of them. But a count is safe as soon as enough worlds are *shown* that
would have led to the very same publications and that disagree on it: each is a proof. They are looked for
from the true world, along moves that leave every published sum as it is, and published again each time.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.composing import members
from mist_connector.documents.figures import ARRIVALS, DEPARTURES, ROOM, Day, Figures, Room
from mist_connector.documents.linear import Sum
from mist_connector.documents.suppression import Scheme

BEFORE, NOW = date(2026, 5, 20), date(2026, 11, 20)
RULES = declared()
MINIMUM = RULES.documents.smallest_count.minimum
PARTS = members(RULES)
CHOICES = ("for", "against", "blank")
KNOWN = 3
OUT = "out"
FAR = [sign * far for far in range(1, 26) for sign in (1, -1)]
BASES = 40

World = tuple[int, ...]


@dataclass(frozen=True)
class Setting:
    """Who has a vote, and whether she also has the minutes, with a vote in them."""

    entitled: tuple[str, ...]
    minutes: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Every single count of a world, in its order."""
        both = [at(name, day) for day in (BEFORE, NOW) for name in (*PARTS, ARRIVALS, DEPARTURES)]
        there = [at(name, NOW) for name in (*ROOM, *(f"vote.{each}" for each in CHOICES))]
        return (*both, *(there if self.minutes else ()))

    def figures(self, world: World) -> Figures:
        count = dict(zip(self.names, world, strict=True))
        days = tuple(
            Day(
                day,
                {part: count[at(part, day)] for part in PARTS},
                count[at(ARRIVALS, day)],
                count[at(DEPARTURES, day)],
            )
            for day in (BEFORE, NOW)
        )
        room = None
        if self.minutes:
            votes = {"vote": {each: count[at(f"vote.{each}", NOW)] for each in CHOICES}}
            room = Room(*(count[at(name, NOW)] for name in ROOM), votes)
        return Figures(days, MINIMUM, self.entitled, room)


def at(name: str, day: date) -> str:
    return f"{name}@{day.isoformat()}"


def published(setting: Setting, world: World) -> dict[str, int]:
    figures = setting.figures(world)
    return {
        each.name: each.of.value(figures.counts)
        for each in figures.scheme.figures
        if each.name in figures.shown
    }


def sought(setting: Setting) -> dict[str, Sum]:
    """Return what she would like to find: each count, each group, each change of one."""
    found = {name: Sum.of(name) for name in setting.names}
    for size in range(2, len(PARTS) + 1):
        for some in itertools.combinations(PARTS, size):
            found.update(
                {f"{some}@{day}": Sum.of(*(at(part, day) for part in some)) for day in (BEFORE, NOW)}
            )
    for part in PARTS:
        found[f"change of {part}"] = Sum.of(at(part, NOW), without=[at(part, BEFORE)])
    found["change of all"] = Sum.of(at(ARRIVALS, NOW), without=[at(DEPARTURES, NOW)])
    return found


@lru_cache(maxsize=512)
def moves(names: tuple[str, ...], fixed: frozenset[Sum]) -> list[World]:
    """Return small moves that change none of these sums."""
    rows = [dict(each.terms) for each in fixed]
    found = []
    for size in range(1, 6):
        for some in itertools.combinations(names, size):
            for signs in itertools.product((1, -1), repeat=size - 1):
                way = dict(zip(some, (1, *signs), strict=True))
                if all(sum(row.get(name, 0) * sign for name, sign in way.items()) == 0 for row in rows):
                    found.append(tuple(way.get(name, 0) for name in names))
    return found


def room_for(known: Counter[str], setting: Setting, world: World) -> bool:
    """Tell whether a world has room for the people she knows, and whether the others can move as it says."""
    rest = {name: count - known[name] for name, count in zip(setting.names, world, strict=True)}
    whole = {day: sum(rest[at(part, day)] for part in PARTS) for day in (BEFORE, NOW)}
    came, left = rest[at(ARRIVALS, NOW)], rest[at(DEPARTURES, NOW)]
    moved = came <= whole[NOW] and left <= whole[BEFORE] and rest[at(ARRIVALS, BEFORE)] <= whole[BEFORE]
    return moved and min(rest.values()) >= 0


def found_out(setting: Setting, truth: World, known: Counter[str]) -> dict[str, set[int]]:
    """Return what she has found, or nearly: the sums on which too few worlds disagree."""
    seen, figures = published(setting, truth), setting.figures(truth)
    told = {each.of for each in figures.scheme.figures if each.name in seen}
    ways = moves(setting.names, frozenset(told | figures.scheme.given))
    worlds, found = [truth], {}
    for name, wanted in sought(setting).items():
        times = dict(wanted.terms)
        weights = [times.get(each, 0) for each in setting.names]
        values = {value_of(weights, each) for each in worlds}
        changing = [way for way in ways if value_of(weights, way)]
        if not changing and abs(min(values)) >= MINIMUM:
            continue  # it follows from what is told, and is large
        # Worlds found on the way are bases to look further from.
        for base in itertools.islice(growing(worlds), BASES):
            for way, far in itertools.product(changing, FAR):
                if len(values) >= MINIMUM - KNOWN:
                    break
                other = tuple(here + far * step for here, step in zip(base, way, strict=True))
                if value_of(weights, other) in values or not room_for(known, setting, other):
                    continue
                if published(setting, other) == seen:
                    worlds.append(other)
                    values.add(value_of(weights, other))
        if len(values) < MINIMUM - KNOWN:
            found[name] = values
    return found


def growing(worlds: list[World]) -> Iterator[World]:
    """Yield the truth, then any world each time, of however many there are by then."""
    yield worlds[0]
    dice = random.Random(len(worlds))  # noqa: S311 - chooses where to look
    while True:
        yield dice.choice(worlds)


def value_of(weights: list[int], world: World) -> int:
    return sum(times * count for times, count in zip(weights, world, strict=True) if times)


def population(dice: random.Random, setting: Setting) -> tuple[World, Counter[str]]:
    """Draw an association, who moved in six months, who came to the assembly, and three whom she knows."""
    weights = [dice.random() for _ in PARTS]
    stays, grows, size = dice.choice([0.8, 0.9, 1]), dice.choice([0.02, 0.2, 0.4]), dice.randint(30, 80)
    people: list[list[str]] = []
    while len(people) < size:
        was = OUT if dice.random() < grows else dice.choices(PARTS, weights)[0]
        stayed = was != OUT and dice.random() < stays
        now = was if stayed else dice.choices([*PARTS, OUT], [*weights, 0 if was == OUT else 1])[0]
        person = [at(was, BEFORE), at(now, NOW)]
        if was != OUT and dice.random() < 0.1:
            person.append(at(ARRIVALS, BEFORE))
        if was == OUT:
            person.append(at(ARRIVALS, NOW))
        if now == OUT:
            person.append(at(DEPARTURES, NOW))
        if now in setting.entitled:
            place = dice.choices(ROOM, [6, 2, 3])[0]
            person.append(at(place, NOW))
            if place != ROOM[-1]:
                person.append(at(f"vote.{dice.choice(CHOICES)}", NOW))
        people.append(person)
    count = Counter(itertools.chain(*people))
    count[at(DEPARTURES, BEFORE)] = dice.randint(0, 8)
    return tuple(count[name] for name in setting.names), Counter(itertools.chain(*dice.sample(people, KNOWN)))


SETTINGS = [
    Setting((), minutes=False),
    Setting(("active",), minutes=False),
    Setting(("active",), minutes=True),
    Setting(("active", "member"), minutes=True),
]


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_three_members_both_reports_and_the_minutes_pin_nothing_down(setting, seed):
    dice = random.Random(seed)  # noqa: S311 - draws examples
    for _ in range(4):
        truth, known = population(dice, setting)
        assert found_out(setting, truth, known) == {}, (truth, known, published(setting, truth))


def test_the_same_attacker_finds_counts_that_are_only_masked_below_the_minimum(monkeypatch):
    """She is able: without the method she would win."""

    def naive(scheme, counts, *, minimum):
        return frozenset(each.name for each in scheme.figures if each.of.value(counts) >= minimum)

    monkeypatch.setattr(Scheme, "shown", naive)
    dice = random.Random(1)  # noqa: S311 - draws examples
    drawn = [population(dice, SETTINGS[0]) for _ in range(6)]
    assert any(found_out(SETTINGS[0], truth, known) for truth, known in drawn)
