"""The refusals that the board reads: the engine and the real server both decide them as the case says."""

from __future__ import annotations

import pytest

from .playing import UNKNOWN, Play, commands
from .refusals import A_REQUEST, CASES, MOST_PEOPLE, TODAY


@pytest.fixture(scope="module")
def answered(trials):
    """Every case, tried in few requests: one alone would wait too long on a busy machine."""
    answers = []
    for start in range(0, len(CASES), A_REQUEST):
        some = CASES[start : start + A_REQUEST]
        answers.extend(trials.answers([commands(case.play()) for case in some], MOST_PEOPLE))
    return dict(zip((case.title for case in CASES), answers, strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_engine_and_the_server_decide_as_the_board_expects(case, answered, mappings):
    engine = Play(mappings, people=MOST_PEOPLE, on=TODAY).verdicts(case.play())
    for said, side in ((answered[case.title], "server"), (engine, "engine")):
        assert all(outcome == "allowed" for outcome, _ in said[:-1]), side
        outcome, detail = said[-1]
        if case.refused:
            assert (outcome, detail) == ("refused", set(case.refused)), side
        else:
            assert outcome == "allowed", side
            assert case.status is None or detail[0] == case.status, side


def test_every_rule_that_is_enforced_has_a_case_in_which_it_refuses(mappings):
    refused = {rule for case in CASES for rule in case.refused}
    # Names are unknown to the engine (see test_ways_in), and assemblies have tests of their own.
    hooks = [hook for hook in mappings.blueprint.hooks if hook.model in _MODELS and hook.key not in UNKNOWN]
    demanded = {hook.requirement.rule for hook in hooks}
    for status in mappings.provisions.statuses:
        demanded |= {each.cited for each in status.requires if each.enforced}
    assert demanded <= refused


_MODELS = {"person", "vote", "workgroup", "exclusion", "mandate", "accompaniment", "investigation"}
