"""Safety limits: what a plan may not do unless it is allowed by name."""

import pytest

from mist_connector.blueprint.records import Record, own
from mist_connector.errors import PlanRefused
from mist_connector.planning.limits import ACCESS_RIGHTS, check_limits, losses
from mist_connector.planning.observed import Observed
from mist_connector.planning.plan import build_plan

MODEL = Record("model_vote", "ir.model", {"model": "x_mist_vote", "name": "Vote"})
FIELD = Record(
    "field_vote__x_memo",
    "ir.model.fields",
    {"model_id": own("model_vote"), "name": "x_memo", "ttype": "char", "field_description": "Note"},
)
RULES = [Record(f"rule_{i}", "ir.rule", {"name": f"r{i}"}) for i in range(6)]


def plan(desired, held, **counts):
    return build_plan(desired, Observed({record.name: record for record in held}, counts=counts))


def test_a_field_that_goes_with_data_is_refused_with_the_number_of_records():
    gone = plan([MODEL], [MODEL, FIELD], x_mist_vote=12)
    with pytest.raises(PlanRefused, match=r"Note \(x_memo\) \(12 fiches\)"):
        check_limits(gone, allow_data_loss=False, forced=())
    check_limits(gone, allow_data_loss=True, forced=())


def test_a_field_of_an_empty_model_may_go():
    check_limits(plan([MODEL], [MODEL, FIELD], x_mist_vote=0), allow_data_loss=False, forced=())


def test_a_model_that_goes_takes_all_its_records():
    assert losses(plan([], [MODEL], x_mist_vote=3)) == {"Vote": 3}


def test_a_guard_holds_nothing_and_may_go():
    values = {**FIELD.values, "compute": "pass", "readonly": True}
    guard = Record(FIELD.name, FIELD.model, values)
    assert losses(plan([MODEL], [MODEL, guard], x_mist_vote=3)) == {}


def test_what_people_write_and_the_crm_only_ends_is_data():
    until = Record(FIELD.name, FIELD.model, {**FIELD.values, "compute": "pass", "readonly": False})
    assert losses(plan([MODEL], [MODEL, until], x_mist_vote=3)) != {}


def test_more_than_a_third_of_the_access_rights_is_refused_unless_forced_by_name():
    changed = [Record(rule.name, rule.model, {"name": "other"}) for rule in RULES[:3]] + RULES[3:]
    many = plan(changed, RULES)
    with pytest.raises(PlanRefused, match="3 droits d'accès sur 6"):
        check_limits(many, allow_data_loss=False, forced=())
    check_limits(many, allow_data_loss=False, forced=(ACCESS_RIGHTS,))


def test_a_third_is_not_more_than_a_third():
    changed = [Record(rule.name, rule.model, {"name": "other"}) for rule in RULES[:2]] + RULES[2:]
    check_limits(plan(changed, RULES), allow_data_loss=False, forced=())


def test_every_limit_that_is_crossed_is_named_at_once():
    both = plan([], [MODEL, *RULES], x_mist_vote=3)
    with pytest.raises(PlanRefused, match=r"(?s)données.*droits d'accès"):
        check_limits(both, allow_data_loss=False, forced=())
