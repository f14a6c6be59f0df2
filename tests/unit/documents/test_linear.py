"""What follows from what: a sum is found when it lies in what is known, and not before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mist_connector.documents.linear import Knowledge, Sum

ALL, ONE, TWO, REST = Sum.of("a", "b", "c"), Sum.of("a"), Sum.of("a", "b"), Sum.of("c")
SUMS = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from([-1, 1]), min_size=1).map(
        lambda terms: Sum(frozenset(terms.items()))
    ),
    max_size=5,
)


def test_a_part_is_found_once_the_whole_and_the_other_parts_are_told():
    knowledge = Knowledge.of([], [REST])
    assert knowledge.found_by(ALL) == ()
    assert knowledge.with_sum(ALL).found_by(TWO) == (0,)


def test_what_is_known_is_not_found_again():
    assert Knowledge.of([ONE], [ONE]).found_by(ONE) == ()
    assert Knowledge.of([], [ONE]).with_sum(ONE).found_by(TWO) == ()


def test_a_change_is_found_where_neither_day_is():
    moved = Sum.of("now", without=["before"])
    assert Knowledge.of([], [moved]).found_by(Sum.of("now", without=["before"])) == (0,)
    assert Knowledge.of([Sum.of("now")], [moved]).found_by(Sum.of("before")) == (0,)


@given(SUMS, SUMS, st.dictionaries(st.sampled_from("abcd"), st.integers(-50, 50), min_size=4))
def test_whoever_is_told_sums_finds_only_what_two_worlds_that_agree_on_them_share(told, wanted, world):
    """Adding to a world what no told sum sees changes no found sum."""
    knowledge = Knowledge.of([], wanted)
    found = set()
    for each in told:
        found |= set(knowledge.found_by(each))
        knowledge = knowledge.with_sum(each)
    for move in ({"a": 1, "b": -1}, {"a": 1, "b": 1}, {"c": 1}, {"a": 1, "c": -1, "d": 1}):
        other = {name: count + move.get(name, 0) for name, count in world.items()}
        if all(each.value(world) == each.value(other) for each in told):
            assert all(wanted[place].value(world) == wanted[place].value(other) for place in found)
