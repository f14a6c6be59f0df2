"""Counting, majorities, ties, and what may be told of a secret ballot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.assembly.ballots import AGAINST, FOR, Cast, Tally, check_totals, count, tells_nobody
from mist_connector.assembly.refusal import AssemblyRefused
from mist_connector.assembly.results import adopted, elect
from mist_connector.declared.assembly import Base, Majority, Method

TOTALS = st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.integers(0, 9))


def tally(blank=0, **totals):
    return Tally(sum(totals.values()) + blank, blank, totals)


@given(TOTALS, st.integers(1, 5))
def test_no_more_are_elected_than_there_are_seats_and_nobody_without_a_vote(statutes, totals, seats):
    found = elect(tally(**totals), seats, statutes, entitled=100)
    assert len(found.elected) <= seats
    assert len(set(found.elected)) == len(found.elected)
    assert all(totals[code] for code in (*found.elected, *found.run_off))
    assert not set(found.elected) & set(found.run_off)


@given(TOTALS, st.integers(1, 5))
def test_nobody_left_out_has_more_votes_than_somebody_elected(statutes, totals, seats):
    found = elect(tally(**totals), seats, statutes, entitled=100)
    least = min((totals[code] for code in found.elected), default=0)
    out = set(totals) - set(found.elected)
    assert (
        all(totals[code] < least for code in out) or len(found.elected) in {0, len(totals)} or found.run_off
    )


def test_a_tie_for_the_last_seat_goes_to_a_second_round(statutes):
    found = elect(tally(A=5, B=3, C=3), 2, statutes, entitled=20)
    assert (found.elected, found.run_off) == (("A",), ("B", "C"))


def test_nothing_is_invented_where_the_statutes_are_silent(statutes):
    for part in ("elections", "ties"):
        silent = statutes.model_copy(update={part: None})
        with pytest.raises(AssemblyRefused, match="Q22"):
            elect(tally(A=5, B=3, C=3), 2, silent, entitled=20)
    with pytest.raises(AssemblyRefused, match="Q22"):
        adopted(tally(**{FOR: 3, AGAINST: 1}), statutes.model_copy(update={"majority": None}), entitled=9)


def test_an_absolute_majority_in_the_first_round_and_the_best_placed_in_the_second(statutes):
    strict = statutes.model_copy(update={"elections": Method.MAJORITY})
    first = elect(tally(A=6, B=3, C=1), 2, strict, entitled=20)
    assert (first.elected, first.run_off) == (("A",), ("B", "C"))
    assert elect(tally(B=4, C=5), 1, strict, entitled=20, second_round=True).elected == ("C",)


@pytest.mark.parametrize(("pro", "con", "held"), [(5, 4, True), (4, 4, False), (0, 0, False), (1, 0, True)])
def test_a_majority_is_more_than_half_of_the_votes_cast(statutes, pro, con, held):
    assert adopted(tally(blank=9, **{FOR: pro, AGAINST: con}), statutes, entitled=40) is held


def test_a_majority_of_those_entitled_counts_the_absent(statutes):
    majority = Majority(numerator=2, denominator=3, exceeded=False, of=Base.ENTITLED)
    wide = statutes.model_copy(update={"majority": majority})
    assert adopted(tally(**{FOR: 20, AGAINST: 0}), wide, entitled=30)
    assert not adopted(tally(**{FOR: 19, AGAINST: 0}), wide, entitled=30)


@pytest.mark.parametrize(
    "wrong",
    [
        Tally(11, 0, {"A": 5}),
        Tally(5, 6, {"A": 0}),
        Tally(5, 1, {"A": 5}),
        Tally(4, 0, {"A": 4, "B": 4, "C": 1}),
        Tally(4, 0, {"A": -1}),
    ],
)
def test_totals_that_no_count_could_give_are_refused(wrong):
    with pytest.raises(AssemblyRefused):
        check_totals(wrong, 10, most=2)


@pytest.mark.parametrize(
    "cast",
    [
        Cast("A", "B", ("x",)),
        Cast("Z", "Z", ("x",)),
        Cast("A", "A", ("y",)),
        Cast("A", "A", ("x", "x")),
        Cast("A", "A", ("x", "w", "v")),
    ],
)
def test_a_vote_from_the_wrong_hand_or_for_what_is_not_there_is_refused(cast):
    with pytest.raises(AssemblyRefused):
        count([cast], {"A": "A"}, {"x", "w", "v"}, most=2)


def test_a_blank_vote_is_counted_as_blank():
    found = count([Cast("A", "A", ()), Cast("B", "A", ("x",))], {"A": "A", "B": "A"}, {"x"})
    assert (found.ballots, found.blank, found.cast, found.totals) == (2, 1, 1, {"x": 1})


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 5), st.integers(1, 4))
def test_what_is_told_of_a_secret_ballot_leaves_everybody_several_ways_to_have_voted(totals, blank, apart):
    found = Tally(sum(totals) + blank, blank, dict(enumerate(totals)))
    if tells_nobody(found, apart=apart):
        assert all(apart <= each <= found.ballots - apart for each in totals)
    unanimous = Tally(9, 0, {"A": 9, "B": 0})
    assert not tells_nobody(unanimous, apart=apart)
