"""Laws of the room, for anybody's comings, goings and proxies."""

from __future__ import annotations

from collections import Counter
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.assembly.ballots import Cast, count
from mist_connector.assembly.electorate import Electorate
from mist_connector.assembly.presence import Stay, read_stays
from mist_connector.assembly.quorum import watch
from mist_connector.assembly.refusal import AssemblyRefused
from mist_connector.assembly.room import Proxy, Room
from mist_connector.declared.assembly import Counts, Proxies, Quorum

CODES = [f"P-{number}" for number in range(6)]
CODE = st.sampled_from(CODES)
HOURS = st.integers(8, 20)
STAYS = st.lists(HOURS, max_size=4, unique=True).map(sorted).map(
    lambda hours: tuple(
        Stay(time(hours[at]), time(hours[at + 1]) if at + 1 < len(hours) else None)
        for at in range(0, len(hours), 2)
    )
)  # fmt: skip
PROXIES = st.lists(st.builds(Proxy, CODE, CODE, st.sampled_from([None, "item", "other"])), max_size=12)
ROOMS = st.builds(
    Room,
    st.builds(Electorate, st.just("Y"), st.just(date(2026, 1, 1)), st.just("a"), st.frozensets(CODE)),
    st.dictionaries(CODE, STAYS),
    PROXIES,
    st.none() | st.builds(Proxies, per_receiver=st.integers(1, 3)),
)
MOMENTS = HOURS.map(time)


@given(ROOMS, MOMENTS)
def test_only_those_entitled_have_a_vote_and_only_those_present_cast(room, moment):
    hands = room.hands(moment, "item")
    assert set(hands) <= room.electorate.voters
    assert set(hands.values()) <= room.present(moment)
    assert all(hands[code] == code for code in room.present(moment))


@given(ROOMS, MOMENTS)
def test_nobody_carries_more_votes_than_the_statutes_allow(room, moment):
    carried = Counter(hand for giver, hand in room.hands(moment, "item").items() if giver != hand)
    most = room.rule.per_receiver if room.rule else 0
    assert max(carried.values(), default=0) <= most


@given(ROOMS, MOMENTS)
def test_a_proxy_is_void_once_its_giver_has_come(room, moment):
    for giver, hand in room.hands(moment, "item").items():
        if giver != hand:
            assert all(stay.arrived > moment for stay in room.stays.get(giver, ()))
            assert Proxy(giver, hand, None) in room.proxies or Proxy(giver, hand, "item") in room.proxies


@given(ROOMS, MOMENTS)
def test_a_vote_is_counted_at_most_once(room, moment):
    hands = room.hands(moment, "item")
    casts = [Cast(voter, hand, ("yes",)) for voter, hand in hands.items()]
    assert count(casts, hands, {"yes", "no"}).totals["yes"] == len(hands)
    for cast in casts:
        with pytest.raises(AssemblyRefused):
            count([*casts, cast], hands, {"yes", "no"})


@given(
    ROOMS,
    st.builds(Quorum, numerator=st.just(1), denominator=st.integers(1, 4), counts=st.sampled_from(Counts)),
)
def test_the_quorum_counts_only_votes_that_could_be_cast(room, quorum):
    for moment in watch(room, quorum):
        assert moment.present + moment.represented <= len(room.electorate.voters)
        there = moment.present if quorum.counts is Counts.PRESENT else moment.present + moment.represented
        assert moment.reached == (there * quorum.denominator >= len(room.electorate.voters))


@given(STAYS)
def test_what_staff_note_is_read_back(stays):
    text = ", ".join(
        f"{stay.arrived:%H:%M}-{stay.left:%H:%M}" if stay.left else f"{stay.arrived:%Hh%M}-" for stay in stays
    )
    assert read_stays(text) == stays


@pytest.mark.parametrize(
    "text", ["14", "25:00-", "14:00-13:00", "14:00-, 15:00-", "14:00-16:00, 15:00-", "oui"]
)
def test_a_presence_that_makes_no_sense_is_refused(text):
    with pytest.raises(AssemblyRefused, match="Présence"):
        read_stays(text)


def test_a_later_proxy_replaces_an_earlier_one(room_of):
    proxies = [Proxy("A", "B"), Proxy("A", "C")]
    room = room_of("ABC", {"B": [(9, None)], "C": [(9, None)]}, proxies, Proxies(per_receiver=1))
    assert room.hands(time(10), "item")["A"] == "C"


def test_a_proxy_for_one_item_counts_for_no_other(room_of):
    room = room_of("AB", {"B": [(9, None)]}, [Proxy("A", "B", "item")], Proxies(per_receiver=1))
    assert set(room.hands(time(10), "item")) == {"A", "B"}
    assert set(room.hands(time(10), "other")) == {"B"}


def test_without_statutes_no_proxy_counts(room_of):
    assert set(room_of("AB", {"B": [(9, None)]}, [Proxy("A", "B")]).hands(time(10), "item")) == {"B"}
