"""Laws of the planner: what is desired and held alike is left alone; what is applied is there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mist_connector.blueprint.records import Record, Reference
from mist_connector.bylaws.text import Text
from mist_connector.planning.changes import Act
from mist_connector.planning.digest import digests
from mist_connector.planning.observed import Added, Deployed, Observed
from mist_connector.planning.plan import build_plan

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(2, 5),  # none that equals a flag: a field of the CRM holds the one or the other
    words,
    st.builds(Text, fr=words, en=words),
    st.builds(Reference, st.sampled_from(["base.a", "base.b"])),
    st.frozensets(st.builds(Reference, st.sampled_from(["base.a", "base.b"]))),
)
contents = st.dictionaries(st.sampled_from(["name", "active", "code"]), values, min_size=1)
states = st.dictionaries(st.sampled_from("abcdef"), contents, max_size=6)


def records(state):
    return tuple(Record(name, "ir.rule", content) for name, content in state.items())


def held(desired, **more):
    return Observed({record.name: record.in_french() for record in desired}, installed=True, **more)


def after(plan):
    """Return what the CRM holds once a plan is applied."""
    kept = dict(plan.observed.records)
    for change in plan.changes:
        if change.record is None:
            kept.pop(change.name)
        else:
            kept[change.name] = change.record.in_french()
    return Observed(kept, installed=True)


@given(states)
def test_a_crm_that_holds_what_is_desired_needs_nothing(state):
    assert build_plan(records(state), held(records(state))).empty


@given(states, states)
def test_after_any_plan_the_next_one_is_empty(before, wanted):
    plan = build_plan(records(wanted), held(records(before)))
    assert build_plan(records(wanted), after(plan)).empty


@given(states, states)
def test_a_plan_touches_only_what_differs(before, wanted):
    plan = build_plan(records(wanted), held(records(before)))
    has, needs = held(records(before)).records, held(records(wanted)).records
    same = {name for name in needs if has.get(name) == needs[name]}
    assert not same & {change.name for change in plan.changes}


@given(states, states)
def test_equal_fingerprints_mean_equal_changes(one, other):
    first, second = (build_plan(records(state), held(records(one))) for state in (one, other))
    assert first.fingerprint != second.fingerprint or first.changes == second.changes


@given(states, states)
def test_the_fingerprint_covers_what_was_observed(one, other):
    first, second = (build_plan([], held(records(state))) for state in (one, other))
    assert (first.fingerprint == second.fingerprint) == (held(records(one)) == held(records(other)))


def test_a_hand_in_the_crm_is_told_from_a_changed_mapping():
    noted = Record("a", "ir.rule", {"code": "old"})
    deployed = Deployed("f", digests([noted]))
    wanted = [Record("a", "ir.rule", {"code": "new"})]
    by_mapping = build_plan(wanted, Observed({"a": noted}, deployed=deployed))
    by_hand = build_plan(wanted, Observed({"a": replace(noted, values={"code": "hand"})}, deployed=deployed))
    assert [change.act for change in by_mapping.changes] == [Act.CHANGE]
    assert [change.act for change in by_hand.changes] == [Act.RESTORE]


def test_what_was_added_by_hand_is_revoked_by_its_number():
    plan = build_plan([], Observed(added=(Added("ir.rule", 7, "door"),)))
    assert [(change.act, change.id) for change in plan.changes] == [(Act.REVOKE, 7)]


def test_a_record_that_strayed_to_another_model_is_let_go():
    wanted = Record("a", "ir.rule", {"model_id": Reference("mist_connector.model_file")})
    stray = Record("a", "ir.rule", {"model_id": Reference("base.model_res_partner")})
    assert build_plan([wanted], Observed({"a": stray})).unbound == ("a",)
