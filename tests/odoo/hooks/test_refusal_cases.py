"""The refusals that the board reads: the engine and the real server both decide them as the case says."""

from __future__ import annotations

import re

import pytest

from mist_connector.bylaws.facts import Mandate

from .playing import UNKNOWN, Add, Play, Write, commands
from .refusals import A_REQUEST, CASES, MOST_PEOPLE, TODAY, beginning, day


@pytest.fixture(scope="module")
def answered(trials):
    """Every case, tried in few requests: one alone would wait too long on a busy machine."""
    answers = []
    for start in range(0, len(CASES), A_REQUEST):
        some = CASES[start : start + A_REQUEST]
        answers.extend(trials.answers([commands(case.play()) for case in some], MOST_PEOPLE, full=True))
    return dict(zip((case.title for case in CASES), answers, strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_engine_and_the_server_decide_as_the_board_expects(case, answered, mappings):
    engine = Play(mappings, people=MOST_PEOPLE, on=TODAY).verdicts(case.play(), full=True)
    for said, side in ((answered[case.title], "server"), (engine, "engine")):
        assert all(outcome == "allowed" for outcome, _ in said[:-1]), side
        outcome, detail = said[-1]
        if case.refused:
            assert (outcome, detail) == ("refused", set(case.refused)), side
        else:
            assert outcome == "allowed", side
            status, _, lacks = detail[0]
            assert case.status is None or status == case.status, side
            assert case.lacks is None or set(lacks) == set(case.lacks), side


def test_a_refusal_says_which_mandates_take_the_seats_and_which_day_lies_ahead(trials):
    begun = [step for who in range(3) for step in beginning("active", who)]
    ends = {"until": day(100), "accepted_on": day(0)}
    terms = [Mandate(day(place), "delegate", chosen_on=day(0), **ends) for place in range(3)]
    french = [Write(who, "speaks_french", True) for who in range(3)]  # noqa: FBT003 - a value of the form
    case = [*begun, *french, *(Add(who, "mandates", term) for who, term in enumerate(terms))]
    said = trials.sentences(commands(case), 3)[-1]
    assert "(DEL02)" in said
    assert len(re.findall(r"P-[0-9A-F]{4}-[0-9A-F]{4}", said)) == 2
    later = Mandate(day(0), "delegate", chosen_on=day(2), **ends)
    said = trials.sentences(commands([*beginning("active", 0), Add(0, "mandates", later)]))[-1]
    assert "« Choisie le » est une date à venir" in said


def test_every_rule_that_is_enforced_has_a_case_in_which_it_refuses(mappings):
    refused = {rule for case in CASES for rule in case.refused}
    # Names are unknown to the engine (see test_ways_in), and assemblies have tests of their own.
    hooks = [hook for hook in mappings.blueprint.hooks if hook.model in _MODELS and hook.key not in UNKNOWN]
    demanded = {hook.requirement.rule for hook in hooks}
    assert demanded <= refused


def test_every_requirement_of_a_status_that_is_reached_has_a_case_that_lacks_it(mappings):
    lacking = {rule for case in CASES for rule in case.lacks or ()}
    reached = {each.leads_to for each in mappings.provisions.statuses} | {"candidate"}
    statuses = [each for each in mappings.provisions.statuses if each.id in reached]
    # Whoever is excluded has no status that comes next.
    assert {each.cited for status in statuses for each in status.requires} - {"X05"} <= lacking


_MODELS = {
    "person",
    "signature",
    "vote",
    "workgroup",
    "exclusion",
    "mandate",
    "accompaniment",
    "investigation",
}
