"""From random accepted states, everything can be ended, filled again and taken back; somebody may do each.

    MIST_WAYS_OUT_CASES=2000 MIST_WAYS_OUT_SEED=1 .venv/bin/pytest tests/unit/bylaws/test_ways_out.py

tests/odoo/hooks asks the real server the same of a sample.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, given, seed, settings

from mist_connector.blueprint.declaration import FieldType, Operation

from .drawing import ENDINGS, LAWS, TODAY, way_out
from .playing import Play

CASES = int(os.environ.get("MIST_WAYS_OUT_CASES", "40"))
SEED = int(os.environ.get("MIST_WAYS_OUT_SEED", random.SystemRandom().randrange(10**9)))
PEOPLE = 10
SLOW = tuple(HealthCheck)
# What is withdrawn, and kept: nobody changes or deletes it.
WITHDRAWN = ("departure", "vote", "exclusion")
# Made by the CRM or the connector alone, of steps that people take elsewhere.
MADE = ("trace", "claim", "reading", "record", "reminder", "dispatch")


@pytest.mark.parametrize("law", LAWS)
def test_whatever_was_accepted_is_ended_filled_again_and_taken_back(law, mappings):
    print(f"{law}, seed {SEED}")  # noqa: T201 - shown on failure, or -s

    @seed(SEED)
    @settings(max_examples=CASES, database=None, deadline=None, suppress_health_check=SLOW)
    @given(LAWS[law][1])
    def holds(case):
        play = Play(mappings, people=PEOPLE, on=TODAY)
        said = play.verdicts(case)
        assert {outcome for outcome, _ in said[-len(ENDINGS) :]} == {"allowed"}
        for step in way_out(case):
            outcome, rules = play.verdicts_of(step)
            assert outcome == "allowed", f"{step}: {rules}; MIST_WAYS_OUT_SEED={SEED}"

    holds()


def test_somebody_of_the_team_may_end_correct_or_withdraw_each_fact(mappings):
    blueprint = mappings.blueprint
    groups = {lease.key: lease.group for lease in (*blueprint.frame.leases, *blueprint.waiting)}
    for model in blueprint.models:
        about = any(field.key == "person" and field.type is FieldType.LINK for field in model.fields)
        if not about or model.key in MADE or model.key in WITHDRAWN:
            continue
        allowed = {
            operation
            for lease, operations in model.access.items()
            if groups.get(lease) in {"staff", "direction"}
            for operation in operations
        }
        assert {Operation.WRITE, Operation.DELETE} & allowed, model.key


def test_each_fact_that_nobody_changes_has_a_withdrawal_and_a_button_for_it(mappings):
    blueprint = mappings.blueprint
    withdrawal = blueprint.model("withdrawal")
    for key in WITHDRAWN:
        model = blueprint.model(key)
        assert withdrawal.field(key).to == key
        assert model.counts is not None
        assert f"withdraw_{key}" in model.rows
