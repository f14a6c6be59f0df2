"""Smaller parts of the engine by themselves: what is remembered, what is shared, how sentences are filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mist_connector import remembered
from mist_connector.bylaws.addresses import address_findings
from mist_connector.bylaws.attempts import status_of
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.checks import Severity
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import CommonFacts, Facts, Mandate, Signature, Step, Vote
from mist_connector.bylaws.findings import Finding, fill
from mist_connector.bylaws.reminding import Reminding, cause_of
from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import Window, changing
from mist_connector.conditions.holds import holds
from mist_connector.conditions.spelling import condition as spelled

PROVISIONS = declared().provisions
ON = date(2026, 6, 15)


def days(count):
    return ON + timedelta(days=count)


def test_what_is_remembered_is_made_once_for_each_object_until_there_are_too_many(monkeypatch):
    monkeypatch.setattr(remembered, "_MOST", 2)
    made = []

    def make(value):
        made.append(value)
        return len(made)

    first, equal, third = [1], [1], [3]
    known = remembered.Remembered(make)
    assert [known(first), known(equal), known(first), known(equal)] == [1, 2, 1, 2]
    assert [known(third), known(third), known(first)] == [3, 3, 4]
    known.cache_clear()
    assert known(third) == 5


def test_people_with_one_address_are_named_by_their_codes_in_order():
    common = CommonFacts(shared_addresses=(("P-0000-0002", "P-0000-0001"),))
    [finding] = address_findings(common, PROVISIONS)
    assert "P-0000-0001, P-0000-0002" in finding.text.fr
    assert finding.others == ("P-0000-0001", "P-0000-0002")


def test_words_are_filled_in_each_in_the_language_of_its_sentence():
    text = Text(fr="{what} le {day}, {until}", en="{what} on {day}, {until}")
    said = fill(text, {"what": Text(fr="fin", en="end"), "day": ON, "until": None, "unused": "x"})
    assert (said.fr, said.en) == ("fin le 15/06/2026, …", "end on 2026-06-15, …")
    only_english = fill(Text(fr="sans mot", en="with {word}"), {"word": "one"})
    assert (only_english.fr, only_english.en) == ("sans mot", "with one")


def finding(**facts):
    text = Text(fr="f", en="e")
    return Finding("silent", Severity.WARNING, "AX04", text, text, **facts)


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({}, "silent AX04"),
        ({"code": "P-1", "due": ON}, "silent AX04 P-1 2026-06-15"),
        ({"office": "board", "others": ("P-1", "P-2")}, "silent AX04 board P-1 P-2"),
        # Of a fact, its first two values: what is completed later makes no new cause.
        (
            {"facts": (Mandate(ON, "delegate", days(9), accepted_on=ON),)},
            "silent AX04 mandate 2026-06-15 delegate",
        ),
    ],
)
def test_a_cause_is_made_of_ids_codes_and_days(facts, cause):
    assert cause_of(finding(**facts)) == cause


def test_there_is_as_long_as_the_finding_says_and_else_as_its_severity():
    reminding = Reminding(days={Severity.WARNING: 30}, forget_after=1, told=(), otherwise="direction")
    assert reminding.last_day(finding(due=days(3)), ON) == days(3)
    assert reminding.last_day(finding(), ON) == days(30)
    assert reminding.whom(finding()) == ("direction",)


SEATS = {"facts": "association.mandates", "same": "office"}


def crowd(*spans, french=()):
    """Return the last of some mandates of one office, linked to all of them."""
    association = SimpleNamespace()
    mandates = tuple(
        SimpleNamespace(
            office="board",
            since=days(since),
            until=days(until),
            french=place in french,
            association=association,
        )
        for place, (since, until) in enumerate(spans)
    )
    other = SimpleNamespace(
        office="roots", since=days(-999), until=None, french=False, association=association
    )
    association.mandates = (*mandates, other)
    return mandates[-1]


@pytest.mark.parametrize(
    ("spans", "holding"),
    [
        ([(0, 9), (0, 9)], True),
        ([(0, 9), (5, 20), (9, 30)], False),
        ([(0, 9), (5, 20), (10, 30)], True),
        # Only the days of the record itself are looked at.
        ([(0, 9), (0, 9), (0, 9), (10, 30)], True),
        ([(40, 50), (40, 50), (40, 50), (10, 30)], True),
        ([(30, 50), (30, 50), (10, 30)], False),
        ([(31, 50), (31, 50), (10, 30)], True),
    ],
)
def test_no_more_than_so_many_are_in_force_together_on_any_day_of_a_record(spans, holding):
    condition = spelled({"together": {**SEATS, "at_most": 2}})
    assert holds(condition, crowd(*spans), on=ON) is holding


@pytest.mark.parametrize(
    ("french", "at_least", "once", "holding"),
    [
        ((0,), 1, 2, True),
        ((), 1, 2, False),
        ((), 1, 3, False),
        ((), 1, 4, True),
        ((0, 1), "half", 1, True),
        ((0,), "half", 1, False),
    ],
)
def test_of_so_many_together_some_fulfil_a_condition(french, at_least, once, holding):
    where = {"field": "french", "equals": True}
    form = {"together": {**SEATS, "once": once, "where": where, "at_least": at_least}}
    condition = spelled(form)
    assert holds(condition, crowd((0, 9), (0, 9), (0, 9), french=french), on=ON) is holding


def test_findings_without_a_code_come_before_those_with_one_and_are_the_same_whatever_their_words():
    one, other = finding(), finding(code="P-1")
    assert sorted([other, one], key=lambda each: each.order) == [one, other]
    reworded = replace(one, text=Text(fr="autre", en="other"), due=ON)
    assert one.same == reworded.same == ("silent", "AX04", None, None, ())
    assert one.same != other.same


def test_a_field_may_be_the_account_that_asks():
    mine = spelled({"field": "user", "equals": "me"})
    record = SimpleNamespace(user=7)
    assert holds(mine, record, on=ON, me=7) is True
    assert holds(mine, record, on=ON, me=8) is False
    assert holds(mine, record, on=ON) is False


@pytest.mark.parametrize("time", ["any", "happened"])
def test_a_fact_that_grows_too_old_does_so_on_a_day_that_is_named(time):
    form = {"exists": "steps", "time": time, "within": {"days": 10}}
    condition = spelled(form)
    person = Facts("P-1", steps=(Step(days(-5), "card_given"),))
    assert days(6) in changing(condition, person, Window(ON, days(30)))
    assert (holds(condition, person, on=days(5)), holds(condition, person, on=days(6))) == (True, False)


@pytest.mark.parametrize("recorded", ["member", "left", "nonsense", None])
def test_what_is_recorded_as_her_status_gives_her_none(recorded):
    assert status_of(Facts("P-1", status=recorded), PROVISIONS, on=ON) is None


def test_a_body_breaks_by_the_end_of_a_mandate_of_somebody_who_has_others_too():
    active = Facts(
        "P-1",
        attested_on=days(-500),
        signatures=(Signature(days(-400), "bylaws"), Signature(days(-300), "active_bylaws")),
        votes=(Vote(days(-200), "accepted"),),
    )
    mandates = (Mandate(days(-30), "board", days(20)), Mandate(days(-90), "roots", days(90)))
    people = [replace(active, code=f"P-{place}", mandates=mandates) for place in (3, 1, 2, 0, 6, 5, 4)]
    told = breaks(people, PROVISIONS, on=ON, last=days(60))
    assert (days(21), "G03") in {(each.day, each.rule) for each in told}
    assert {each.day for each in told} == {days(21)}
    # By their codes, in whichever order they are recorded.
    assert all(each.because == tuple(f"P-{place}" for place in range(7)) for each in told)
    eight = [
        *people,
        replace(people[0], code="P-9"),
        replace(people[0], code="P-7"),
        replace(people[0], code="P-8"),
    ]
    [many] = [each for each in decide_all(eight, PROVISIONS, on=ON).offices if each.check == "seats_exceeded"]
    assert many.others == tuple(f"P-{place}" for place in range(10))
