"""The refusals that the board reads, decided by the engine alone (with the real server: tests/odoo)."""

from __future__ import annotations

import pytest

from .playing import Play
from .refusals import CASES, MOST_PEOPLE, TODAY


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_engine_refuses_what_the_board_expects_and_nothing_else(case, mappings):
    said = Play(mappings, people=MOST_PEOPLE, on=TODAY).verdicts(case.play(), full=True)
    assert all(outcome == "allowed" for outcome, _ in said[:-1])
    outcome, detail = said[-1]
    assert (outcome == "refused") == bool(case.refused)
    if case.refused:
        assert detail == set(case.refused)
        return
    status, _, lacks = detail[0]
    assert case.status is None or status == case.status
    assert case.lacks is None or set(lacks) == set(case.lacks)
