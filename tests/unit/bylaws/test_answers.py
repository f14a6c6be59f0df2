"""Both answers to a question, held against each other: the engine's verdict is another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.announced import Kind
from mist_connector.bylaws.attempts import broken, status_of
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import (
    CommonFacts,
    Departure,
    Exclusion,
    Facts,
    Function,
    Mandate,
    Meeting,
    Signature,
    Step,
    Vote,
    Workgroup,
)
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import ONE_DAY, Window
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import with_settings
from mist_connector.privacy.reviewing import overdue

from .answers import ANSWERS, ATTEMPTS, SAID, SOURCES, answered, fits
from .playing import Play
from .refusals import MOST_PEOPLE, TODAY, day


@pytest.fixture(scope="module")
def otherwise():
    return {question: answered(question) for question in ANSWERS}


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=[f"{each.question}, {each.title}" for each in ATTEMPTS])
def test_an_attempt_is_judged_by_the_answer_in_force(attempt, mappings, otherwise):
    for each, wanted in ((mappings, attempt.today), (otherwise[attempt.question], attempt.then)):
        said = Play(each, people=MOST_PEOPLE, on=TODAY).verdicts(attempt.play())
        assert fits(said[-1], wanted), said


ERASED = {"status": "excluded", "applied_on": None, "attested_on": None}
OLD = Facts(
    "P-0000-0001",
    status="active",
    applied_on=day(-900),
    attested_on=day(-900),
    signatures=(Signature(day(-800), "bylaws", "1"), Signature(day(-700), "active_bylaws", "1")),
    votes=(Vote(day(-690), "accepted"),),
)
NEW = Signature(day(-4), "bylaws", "2")


def _since(bylaws):
    """Return the bylaws whose version in force since this day is to be signed within three months."""
    said = [*SAID["Q23"], f"words.bylaws_since={bylaws}", "answer=sign_again"]
    return declare(with_settings(SOURCES, [f"decisions.Q23.{each}" for each in said])).provisions


def test_a_version_is_signed_within_its_time_or_the_status_falls():
    provisions = _since("2026-01-31")
    assert status_of(OLD, provisions, on=date(2026, 4, 30)) == "active"
    assert status_of(OLD, provisions, on=date(2026, 5, 1)) == "candidate"
    assert status_of(replace(OLD, applied_on=None), provisions, on=date(2026, 5, 1)) is None
    signed = replace(OLD, signatures=(*OLD.signatures, Signature(date(2026, 4, 30), "bylaws", "2")))
    assert status_of(signed, provisions, on=date(2026, 5, 1)) == "active"


def test_the_day_on_which_a_status_falls_is_announced():
    provisions, words = _since("2026-01-31"), declared().agenda
    window = Window(date(2026, 4, 1), date(2026, 6, 1))
    coming = agenda([OLD], CommonFacts(), provisions, words, window)
    found = [(each.day, each.rule) for each in coming if each.kind is Kind.STATUS]
    assert found == [(date(2026, 5, 1), "M06")]
    today = agenda([OLD], CommonFacts(), declared().provisions, words, window)
    assert not [each for each in today if each.kind is Kind.STATUS]


def test_whoever_leaves_the_group_falls_to_what_time_has_left_her(mappings, otherwise):
    left = replace(OLD, departures=(Departure(TODAY, "active"),))
    assert status_of(left, mappings.provisions, on=TODAY) == "member"
    provisions = otherwise["Q23"].provisions
    assert status_of(left, provisions, on=TODAY) == "candidate"
    assert status_of(replace(left, applied_on=None), provisions, on=TODAY) is None
    again = replace(OLD, signatures=(*OLD.signatures, NEW))
    assert status_of(again, provisions, on=TODAY) == "active"


@pytest.mark.parametrize(
    ("group", "today", "then"),
    [
        ("training", set(), {"no_working_group"}),
        ("press", set(), set()),
        ("social_work", set(), {"no_working_group"}),
    ],
)
def test_a_place_in_a_group_counts_for_what_names_that_group(mappings, otherwise, group, today, then):
    facts = replace(OLD, workgroups=(Workgroup(day(-30), group),))
    candidate = replace(facts, votes=())
    for each, wanted in ((mappings, today), (otherwise["Q04"], then)):
        assert _found(facts, each) & {"no_working_group"} == wanted
    # What the criteria name is wider than what the definition does.
    found = _found(candidate, otherwise["Q04"]) & {"candidate_without_group"}
    assert found == ({"candidate_without_group"} if group == "training" else set())


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        ({}, False),
        ({"applied_on": day(-30)}, False),
        ({"applied_on": day(-31)}, True),
        ({"signatures": (Signature(day(-31), "bylaws"),)}, True),
        ({"functions": (Function(day(-31), "staff", ""),)}, True),
        ({"functions": (Function(day(-30), "staff", ""),)}, False),
    ],
)
def test_a_name_of_use_is_kept_by_those_who_were_there_before_the_legal_name_alone(
    mappings, otherwise, facts, allowed
):
    said = SimpleNamespace(**vars(Facts("P-0000-0001", **facts)), name_of_use="Fleur-de-Test")
    [hook] = [each for each in otherwise["Q24"].blueprint.hooks if each.key == "legal_name_only"]
    assert not any(each.key == "legal_name_only" for each in mappings.blueprint.hooks)
    assert bool(broken([hook.requirement], said, on=TODAY)) != allowed
    said.name_of_use = None
    assert not broken([hook.requirement], said, on=TODAY)


HELD = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("mandate", "too_long", "past"),
    [
        (
            Mandate(date(2025, 11, 1), "delegate", date(2026, 7, 1), presented_on=date(2025, 12, 1)),
            True,
            True,
        ),
        (Mandate(date(2025, 11, 1), "delegate", presented_on=date(2025, 12, 1)), True, True),
        # The assembly at which she was presented is not the one after.
        (Mandate(date(2026, 5, 20), "delegate", presented_on=HELD), True, False),
        (Mandate(date(2026, 5, 20), "delegate"), True, False),
        (Mandate(date(2025, 12, 1), "spokesperson", HELD), False, False),
        (Mandate(date(2025, 12, 1), "spokesperson", HELD + ONE_DAY), True, True),
        (Mandate(HELD, "spokesperson"), True, False),
        (Mandate(HELD, "spokesperson", date(2026, 11, 30)), False, False),
    ],
)
def test_a_mandate_lasts_so_long_or_until_the_next_assembly(mappings, otherwise, mandate, too_long, past):
    facts, on = replace(OLD, mandates=(mandate,)), HELD + ONE_DAY
    common = CommonFacts(assemblies=(Meeting(HELD, "closed"), Meeting(date(2026, 6, 10), "planned")))

    def found(each):
        verdicts = decide_all([facts], each.provisions, on=on, common=common)
        return {str(finding.check) for finding in verdicts.findings}

    assert ("mandate_too_long" in found(mappings)) == too_long
    assert "mandate_too_long" not in found(otherwise["Q06"])
    beyond = {"delegate_past_assembly", "spokesperson_past_assembly"}
    assert bool(beyond & found(otherwise["Q06"])) == past
    assert not beyond & found(mappings)


def test_the_day_on_which_an_assembly_ends_a_mandate_is_announced(otherwise):
    facts = replace(OLD, mandates=(Mandate(date(2025, 12, 1), "spokesperson"),))
    common, window = (
        CommonFacts(assemblies=(Meeting(HELD, "open"),)),
        Window(HELD - ONE_DAY, HELD + 9 * ONE_DAY),
    )
    coming = agenda([facts], common, otherwise["Q06"].provisions, declared().agenda, window)
    found = [(each.day, each.rule) for each in coming if each.kind is Kind.FINDING and each.rule == "SP12"]
    assert found == [(HELD, "SP12")]


@pytest.mark.parametrize(
    ("facts", "today", "then"),
    [
        ({}, True, True),
        ({"speaks_french": True}, False, True),
        ({"steps": (Step(day(-9), "french_b1"),)}, True, False),
        ({"steps": (Step(day(9), "french_b1"),)}, True, True),
        ({"steps": (Step(day(-9), "french_a2"),)}, True, True),
    ],
)
def test_who_speaks_french_is_what_she_says_or_what_staff_attest(mappings, otherwise, facts, today, then):
    mandates = (Mandate(day(-20), "delegate", day(100)),)
    pair = [replace(OLD, mandates=mandates, **facts), replace(OLD, code="P-0000-0002", mandates=mandates)]
    for each, wanted in ((mappings, today), (otherwise["Q08"], then)):
        found = {str(one.check) for one in decide_all(pair, each.provisions, on=TODAY).findings}
        assert ("nobody_speaks_french" in found) == wanted


LONG_AGO = date(2024, 6, 15)
GONE = replace(OLD, status="left", signatures=(Signature(date(2020, 1, 1), "bylaws"),), votes=())
TWICE = (Departure(date(2021, 1, 1), "association"), Departure(date(2025, 1, 1), "association"))


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"departures": (Departure(LONG_AGO, "association"),)}, False),
        ({"departures": (Departure(LONG_AGO + ONE_DAY, "association"),)}, True),
        ({"departures": (Departure(LONG_AGO, "active"),), "status": "active"}, True),
        ({"departures": TWICE}, True),
        ({"exclusions": (Exclusion(LONG_AGO, "association"),), "status": "excluded"}, False),
        # Left, and nobody has said when.
        ({}, True),
        # Erased: what remains is the exclusion, under a code.
        ({"exclusions": (Exclusion(LONG_AGO, "association"),), "signatures": (), **ERASED}, True),
    ],
)
def test_data_are_due_for_erasure_after_the_time_that_is_set_and_never_before(
    mappings, otherwise, facts, kept
):
    gone, on = replace(GONE, **facts), date(2026, 6, 15)

    def due(each):
        found = decide_all([gone], each.provisions, on=on).findings
        return "data_to_erase" in {str(finding.check) for finding in found}

    assert due(otherwise["Q25"]) != kept
    assert not due(mappings)
    assert mappings.retention.due is None
    reviewed = overdue([gone], months=otherwise["Q25"].retention.review_after_months, on=on)
    assert bool(reviewed) != kept or facts.get("signatures") == ()


def test_the_day_on_which_data_are_due_is_announced(otherwise):
    gone = replace(GONE, departures=(Departure(LONG_AGO, "association"),))
    window = Window(date(2026, 6, 1), date(2026, 7, 1))
    coming = agenda([gone], CommonFacts(), otherwise["Q25"].provisions, declared().agenda, window)
    found = [(each.day, each.rule) for each in coming if each.kind is Kind.FINDING]
    assert found == [(date(2026, 6, 15), "C02")]


def test_roots_that_is_elected_has_a_term_and_seats(mappings, otherwise):
    in_roots = replace(OLD, mandates=(Mandate(day(-900), "roots"),))
    third = [replace(in_roots, code=f"P-0000-000{place}") for place in range(3)]
    for each, wanted in ((mappings, set()), (otherwise["Q21"], {"mandate_too_long", "seats_exceeded"})):
        verdicts = decide_all(third, each.provisions, on=TODAY)
        checks = {str(finding.check) for finding in verdicts.findings}
        assert checks & {"mandate_too_long", "seats_exceeded"} == wanted


def _found(facts, declared_):
    return {str(finding.check) for finding in decide_all([facts], declared_.provisions, on=TODAY).findings}
