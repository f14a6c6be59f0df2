"""What comes out of an agenda, from the delivered offices and an invented register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from mist_connector.assembly.ballots import AGAINST, FOR, Tally
from mist_connector.assembly.closing import Closing, Item, State
from mist_connector.bylaws.facts import Consent, Facts, Mandate, Signature, Step, Vote
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.assembly import Counts, ItemKind, Quorum
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import with_settings

DAY = date(2026, 11, 24)
EARLIER = date(2026, 1, 5)
PEOPLE = [f"P-{number:02}" for number in range(20)]
TEN = time(10)


def person(code, *, active=True, french=False, mandates=(), consents=True):
    signed = [Signature(EARLIER, "bylaws"), *([Signature(EARLIER, "active_bylaws")] if active else [])]
    return Facts(
        code=code,
        applied_on=EARLIER,
        attested_on=EARLIER,
        speaks_french=french,
        signatures=tuple(signed),
        votes=(Vote(EARLIER, "accepted"),) if active else (),
        mandates=tuple(mandates),
        consents=(Consent(EARLIER, "full", date(2028, 1, 1)),) if consents else (),
    )


@pytest.fixture
def closing(delivered, statutes, room_of):
    """A function from people to what closes their assembly; all are there."""

    def make(*people, **statute):
        facts = {code: person(code, french=code == "P-00") for code in PEOPLE}
        facts.update({each.code: each for each in people})
        room = room_of(PEOPLE, {code: [(9, None)] for code in PEOPLE})
        return Closing(room, statutes.model_copy(update=statute), delivered.provisions, facts, DAY)

    return make


def election(office, votes, **more):
    ballots = more.pop("ballots", len(PEOPLE))
    given = {"at": TEN, "accepted": frozenset(votes), **more}
    return Item("1", ItemKind.ELECTION, office, tally=Tally(ballots, 0, votes), **given)


def ruled(closing, *items):
    found = closing.rulings(items)
    return found[0] if len(items) == 1 else found


def test_two_spokespersons_are_proclaimed_for_six_months(closing):
    found = ruled(closing(), election("spokesperson", {"P-00": 12, "P-01": 9, "P-02": 3}))
    assert (found.state, found.elected) == (State.ELECTED, ("P-00", "P-01"))
    assert (found.term.since, found.term.until) == (DAY, date(2027, 5, 23))


def test_a_pair_without_french_is_not_proclaimed(closing):
    found = ruled(closing(), election("spokesperson", {"P-03": 12, "P-01": 9, "P-00": 3}))
    assert (found.state, found.elected) == (State.REFUSED, ())
    assert "SP05" in found.reason


def _answered(*said):
    return declare(with_settings(load_sources(None), [f"decisions.{each}" for each in said])).provisions


def test_a_pair_of_whom_staff_attest_the_level_is_proclaimed_where_that_is_asked(closing):
    attested = replace(person("P-01"), steps=(Step(EARLIER, "french_b1"),))
    item = election("spokesperson", {"P-00": 12, "P-03": 9, "P-01": 3})
    here = closing(attested)
    there = replace(here, provisions=_answered("Q08.answer=attested", "Q08.words.level=b1"))
    assert ruled(here, item).state is State.ELECTED  # P-00 says herself that she speaks French
    assert "SP05" in ruled(there, item).reason
    item = election("spokesperson", {"P-01": 12, "P-03": 9, "P-00": 3})
    assert "SP05" in ruled(here, item).reason
    assert ruled(there, item).state is State.ELECTED


def test_those_elected_where_a_mandate_lasts_until_the_next_assembly_follow_those_whom_it_ended(closing):
    # The CRM ended their mandates when the assembly was opened.
    running = [person(code, mandates=[Mandate(EARLIER, "spokesperson", DAY)]) for code in ("P-05", "P-06")]
    there = replace(closing(*running), provisions=_answered("Q06.answer=until_next_assembly"))
    found = ruled(there, election("spokesperson", {"P-00": 12, "P-01": 9}))
    assert (found.state, found.term.since, found.term.until) == (State.ELECTED, date(2026, 11, 25), None)


def test_roots_is_elected_for_the_time_and_the_seats_that_the_association_set(closing):
    said = ("Q21.answer=elected", "Q21.numbers.months=24", "Q21.numbers.seats=3")
    there = replace(closing(), provisions=_answered(*said))
    found = ruled(there, election("roots", {"P-04": 12, "P-03": 9, "P-02": 8, "P-01": 7}))
    assert (found.state, set(found.elected)) == (State.ELECTED, {"P-04", "P-03", "P-02"})
    assert (found.term.since, found.term.until) == (DAY, date(2028, 11, 23))


def test_whoever_did_not_say_yes_is_not_proclaimed(closing):
    item = election("spokesperson", {"P-00": 12, "P-01": 9}, accepted=frozenset({"P-00"}))
    assert "SP07" in ruled(closing(), item).reason


def test_successors_begin_when_the_mandates_that_run_have_ended(closing):
    running = [
        person(code, mandates=[Mandate(EARLIER, "spokesperson", date(2027, 1, 8))])
        for code in ("P-05", "P-06")
    ]
    found = ruled(closing(*running), election("spokesperson", {"P-00": 12, "P-01": 9}))
    assert (found.state, found.term.since) == (State.ELECTED, date(2027, 1, 9))


def test_closing_again_comes_to_the_same_once_the_mandates_are_there(closing):
    item = election("spokesperson", {"P-00": 12, "P-01": 9})
    first = ruled(closing(), item)
    installed = [
        person(
            code,
            french=code == "P-00",
            mandates=[Mandate(first.term.since, "spokesperson", first.term.until)],
        )
        for code in first.elected
    ]
    assert ruled(closing(*installed), item) == first


@pytest.mark.parametrize(("active", "state"), [(3, State.REFUSED), (4, State.ELECTED)])
def test_a_board_of_seven_with_three_active_members_is_not_proclaimed(closing, active, state):
    chosen = PEOPLE[:7]
    others = [person(code, active=False) for code in chosen[active:]]
    found = ruled(closing(*others), election("board", dict.fromkeys(chosen, 9)))
    assert found.state is state
    assert ("G04" in found.reason) is (state is State.REFUSED)


def test_a_tie_leads_to_a_second_round_that_completes_the_first(closing):
    first = election("spokesperson", {"P-00": 10, "P-01": 5, "P-02": 5})
    found = ruled(closing(), first)
    assert (found.state, found.elected, found.run_off) == (State.RUN_OFF, ("P-00",), ("P-01", "P-02"))
    second = replace(election("spokesperson", {"P-01": 8, "P-02": 12}), id="2", second_round=True)
    before, after = ruled(closing(), first, second)
    assert (before.state, before.elected) == (State.ELECTED, ("P-00",))
    assert (after.state, after.elected) == (State.ELECTED, ("P-02",))


def test_a_second_round_that_may_not_stand_proclaims_nobody(closing):
    first = election("spokesperson", {"P-03": 10, "P-01": 5, "P-02": 5})
    second = replace(election("spokesperson", {"P-01": 8, "P-02": 12}), id="2", second_round=True)
    before, after = ruled(closing(), first, second)
    assert before.state is State.RUN_OFF
    assert after.state is State.REFUSED


def test_nothing_is_decided_below_the_quorum(closing, room_of):
    quorum = Quorum(numerator=1, denominator=2, counts=Counts.PRESENT)
    item = Item("1", ItemKind.RESOLUTION, at=TEN, tally=Tally(5, 0, {FOR: 5, AGAINST: 0}))
    few = room_of(PEOPLE, {code: [(9, None)] for code in PEOPLE[:5]})
    assert "quorum" in ruled(replace(closing(quorum=quorum), room=few), item).reason
    assert ruled(closing(quorum=quorum), item).state is State.ADOPTED


@pytest.mark.parametrize("part", ["majority", "elections"])
def test_where_the_statutes_are_silent_nothing_is_proclaimed(closing, part):
    kinds = {
        "majority": Item("1", ItemKind.RESOLUTION, at=TEN, tally=Tally(5, 0, {FOR: 5, AGAINST: 0})),
        "elections": election("spokesperson", {"P-00": 12, "P-01": 9}),
    }
    found = ruled(closing(**{part: None}), kinds[part])
    assert found.state is State.REFUSED
    assert "Q22" in found.reason


def test_more_ballots_than_votes_in_the_room_decide_nothing(closing):
    item = election("spokesperson", {"P-00": 12, "P-01": 9}, ballots=21)
    assert ruled(closing(), item).state is State.REFUSED
