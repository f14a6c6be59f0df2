"""An attacker who has both half-year reports, knows the method, and knows people: what can she still find?

She tries every world: each register and each change of it that would have led to the very same publications.
Where all that are left agree on a figure, or nearly, she has found it. The worlds are small, and so is the
minimum; the method is the same for any.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.assembly_outcome import OutcomeInput, outcome
from mist_connector.documents.catalogue import compiled
from mist_connector.documents.composing import from_register, members
from mist_connector.documents.figures import ROOM, Day, Figures, Room
from mist_connector.documents.pdf import to_pdf
from mist_connector.documents.register_told import RegisterTold
from mist_connector.work.papers.templates import load_templates

BEFORE, NOW = date(2026, 5, 20), date(2026, 11, 20)
PARTS = "ab"
OUT = "out"
COUNTS = {
    **{
        f"{part} {when}": (lambda world, x=x, t=t: world[t][x])
        for x, part in enumerate(PARTS)
        for t, when in enumerate(("before", "now"))
    },
    **{f"change of {part}": (lambda world, x=x: world[1][x] - world[0][x]) for x, part in enumerate(PARTS)},
    "change of all": lambda world: sum(world[1]) - sum(world[0]),
    "who came": lambda world: world[2],
    "who left": lambda world: world[3],
}


def worlds(largest):
    """Yield every register before and now of fewer people than `largest`, and how many came and left."""
    registers = [each for each in itertools.product(range(largest), repeat=len(PARTS)) if sum(each) < largest]
    for before, now in itertools.product(registers, repeat=2):
        net = sum(now) - sum(before)
        for left in range(max(0, -net), sum(before) + 1):
            if left + net <= sum(now):
                yield before, now, left + net, left


def published(world, minimum, entitled):
    before, now, came, left = world
    days = (
        Day(BEFORE, dict(zip(PARTS, before, strict=True))),
        Day(NOW, dict(zip(PARTS, now, strict=True)), came, left),
    )
    figures = Figures(days, minimum, entitled)
    values = {each.name: each.of for each in figures.scheme.figures}
    return frozenset((name, values[name].value(figures.counts)) for name in figures.shown)


def knows(known, world):
    """Tell whether a world has room for the people she knows: what each was, and is."""
    before, now, came, left = world
    was, becomes = [each[0] for each in known], [each[1] for each in known]
    rest_before = [count - was.count(part) for part, count in zip(PARTS, before, strict=True)]
    rest_now = [count - becomes.count(part) for part, count in zip(PARTS, now, strict=True)]
    rest_came, rest_left = came - was.count(OUT), left - becomes.count(OUT)
    fits = min(*rest_before, *rest_now, rest_came, rest_left) >= 0
    # The others must be able to move so: whoever came is somewhere now, whoever left was somewhere before.
    return fits and rest_came <= sum(rest_now) and rest_left <= sum(rest_before)


PEOPLE = [pair for pair in itertools.product((*PARTS, OUT), repeat=2) if pair != (OUT, OUT)]


@pytest.mark.parametrize(("minimum", "acquaintances", "entitled"), [(3, 1, ("a",))])
def test_both_reports_and_people_she_knows_pin_down_no_small_figure(minimum, acquaintances, entitled):
    largest = 4 * minimum - 1
    left_over = defaultdict(list)
    for world in worlds(largest):
        left_over[published(world, minimum, entitled)].append(world)
    for candidates in left_over.values():
        # Worlds cut off by the edge of what is tried prove nothing.
        if max(max(sum(each[0]), sum(each[1])) for each in candidates) >= largest - 1:
            continue
        for known in itertools.combinations_with_replacement(PEOPLE, acquaintances):
            possible = [each for each in candidates if knows(known, each)] if known else candidates
            for count in COUNTS.values():
                values = {count(each) for each in possible}
                # A figure that is shown, or a change that is large, may be found; no other may come near.
                found = len(values) == 1 and abs(min(values)) >= minimum
                assert not values or found or len(values) >= minimum - acquaintances


def rooms(largest):
    """Yield who may have been there and how they voted, of up to so many who have a vote."""
    for present, represented, absent in itertools.product(range(largest), repeat=3):
        there = present + represented
        if there + absent >= largest:
            continue
        for ayes in range(there + 1):
            for noes in range(there - ayes + 1):
                yield present, represented, absent, (ayes, noes, there - ayes - noes)


@pytest.mark.parametrize("minimum", [2, 3])
def test_the_minutes_pin_down_neither_who_was_there_nor_a_vote(minimum):
    largest = 4 * minimum + 2
    left_over = defaultdict(list)
    for world in rooms(largest):
        *there, vote = world
        room = Room(*there, {"vote1": dict(zip(("for", "against", "blank"), vote, strict=True))})
        figures = Figures((Day(NOW, {"a": sum(there)}),), minimum, ("a",), room)
        values = {each.name: each.of for each in figures.scheme.figures}
        seen = frozenset((name, values[name].value(figures.counts)) for name in figures.shown)
        left_over[seen].append((*there, *vote))
    for candidates in left_over.values():
        if max(sum(each[:3]) for each in candidates) >= largest - 1:
            continue
        for place in range(len(ROOM) + 3):
            values = {each[place] for each in candidates}
            assert len(values) >= minimum or (len(values) == 1 and min(values) >= minimum)


RULES, TEMPLATES = declared(), load_templates(None)
PAIRS = {
    "small counts": ([(60, 32, 4)], [(60, 27, 9)]),
    "no count at all": ([(60, 36, 0)], [(60, 26, 10)]),
    "few changes": ([(60, 32, 14), (60, 34, 20)], [(60, 32, 14), (61, 36, 18)]),
    "a register too small to tell of": ([(9, 4, 2)], [(20, 0, 1)]),
}


def register(counts):
    ends = [BEFORE, NOW][-len(counts) :]
    keys = members(RULES)
    return tuple(
        Day(on, dict(zip(keys, each, strict=True)), 3, 2) for on, each in zip(ends, counts, strict=True)
    )


def documents(counts, key):
    document, told = compiled(RULES, key, TEMPLATES), register(counts)
    if key == "assembly_minutes":
        room = {"voters": counts[-1][0], "present": 30, "represented": 14, "quorum": None, "items": []}
        given = OutcomeInput(NOW, "14:00", **room, next_limit=NOW, days=told, entitled=("active",))
        content = outcome(given, subject=document.declaration.subject, minimum=11, language="fr")
    else:
        content = from_register(RULES, key, RegisterTold(told), language="fr")
    page = document.render(content, language="fr")
    return page.html, page.text, to_pdf(page)


@pytest.mark.parametrize("key", ["assembly_report", "activity_report"])
@pytest.mark.parametrize("pair", PAIRS)
def test_registers_that_may_not_be_told_apart_make_the_same_documents_plots_included(pair, key):
    one, other = PAIRS[pair]
    assert documents(one, key) == documents(other, key)


def test_what_a_report_masks_the_minutes_of_that_day_mask_too():
    """Those who have a vote are the active members: both documents would tell the same figure."""
    before, now = (60, 32, 14), (64, 30, 40)
    report, minutes = (documents([before, now], key)[1] for key in ("assembly_report", "assembly_minutes"))
    assert "Membre active : non publié" in report.replace("\xa0", " ")
    assert "Personnes ayant une voix : non publié" in minutes.replace("\xa0", " ")
