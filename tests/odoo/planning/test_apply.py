"""Deploying to a real CRM: one transaction, few requests, nothing half-done, nothing of others touched."""

from dataclasses import replace

import pytest

from mist_connector.blueprint.declaration import Choice, Field, FieldType, Group
from mist_connector.bylaws.text import Text
from mist_connector.errors import PlanStale, WriteRefused
from mist_connector.planning.changes import Act
from mist_connector.planning.plan import build_plan
from mist_connector.work.module.turn import CLAIM

WORDS = Text(fr="Essai", en="Try")


def changed(blueprint, key, **values):
    """Return the blueprint with one model changed."""
    models = tuple(
        model.model_copy(update=values) if model.key == key else model for model in blueprint.models
    )
    return blueprint.model_copy(update={"models": models})


def with_field(blueprint, key, field):
    fields = (*blueprint.model(key).fields, field)
    return changed(blueprint, key, fields=fields)


def test_a_bare_crm_is_deployed_in_at_most_eight_requests_and_the_next_plan_is_empty(bare):
    plan = bare.plan()
    assert bare.crm.requests <= 8
    before = bare.crm.requests
    assert bare.apply(plan).empty
    assert bare.crm.requests - before <= 8
    before = bare.crm.requests
    assert bare.plan().empty
    assert bare.crm.requests - before <= 7


def test_a_record_that_the_server_refuses_leaves_nothing_changed(bare):
    broken = with_field(
        bare.blueprint, "vote", Field(key="ghost", type=FieldType.LINK, to="res.nothing", label=WORDS)
    )
    models = bare.crm.call("ir.model", "search_count", domain=[])
    with pytest.raises(WriteRefused, match=r"res\.nothing"):
        bare.apply(bare.plan(broken))
    assert bare.external_ids() == 0
    assert bare.crm.call("ir.model", "search_count", domain=[]) == models


def test_a_field_that_is_added_later_is_created_alone(site):
    wider = with_field(site.blueprint, "vote", Field(key="memo", type=FieldType.TEXT, label=WORDS))
    plan = site.plan(wider)
    created = [change for change in plan.changes if change.act is Act.CREATE]
    assert [change.name for change in created] == ["field_vote__x_memo"]
    assert site.apply(plan).empty
    assert [change.act for change in site.plan().changes if change.model == "ir.model.fields"] == [Act.REMOVE]


def test_a_choice_that_is_added_later_is_created_with_the_filter_for_it(site):
    vocabularies = dict(site.blueprint.vocabularies)
    vocabularies["outcomes"] = (*vocabularies["outcomes"], Choice(id="void", label=WORDS))
    plan = site.plan(site.blueprint.model_copy(update={"vocabularies": vocabularies}))
    assert [(change.act, change.name) for change in plan.changes] == [
        (Act.CREATE, "choice_vote__outcome__void"),
        (Act.CHANGE, "view_vote_search"),
    ]
    assert site.apply(plan).empty


def test_a_group_that_leaves_the_mappings_leaves_the_crm(site):
    frame = site.blueprint.frame
    groups = (*frame.groups, Group(key="guests", label=WORDS))
    wider = site.blueprint.model_copy(update={"frame": frame.model_copy(update={"groups": groups})})
    assert site.apply(site.plan(wider)).empty
    group = site.id_of("group_guests")
    plan = site.plan()
    assert [(change.act, change.name) for change in plan.changes] == [(Act.REMOVE, "group_guests")]
    assert site.apply(plan).empty
    assert site.crm.call("res.groups", "search_count", domain=[["id", "=", group]]) == 0


def test_a_second_apply_that_saw_an_older_state_is_told_and_changes_nothing(site):
    narrow = site.plan()
    wider = with_field(site.blueprint, "vote", Field(key="memo", type=FieldType.TEXT, label=WORDS))
    ours, theirs = site.plan(wider), site.plan(wider)
    assert narrow.empty
    site.apply(theirs)
    with pytest.raises(PlanStale):
        site.apply(ours)
    assert site.plan(wider).empty


def test_destroy_leaves_nothing_of_ours_and_everything_of_others(bare, site):
    from mist_connector.work.module.destroying import destroy  # noqa: PLC0415

    destroy(site.crm)
    assert site.external_ids() == 0
    for model, domain in (
        ("ir.model", [["model", "=like", "x_mist_%"]]),
        ("ir.model.fields", [["model", "=like", "x_mist_%"]]),
        ("ir.config_parameter", [["key", "=like", "mist%"]]),
        ("ir.module.module", [["name", "=", "mist_connector"]]),
    ):
        assert site.crm.call(model, "search_count", domain=domain) == 0, model
    for model in (
        "res.groups",
        "ir.rule",
        "ir.model.access",
        "ir.ui.view",
        "ir.ui.menu",
        "ir.actions.server",
    ):
        theirs = site.crm.call(model, "search_count", domain=[])
        assert theirs == bare.crm.call(model, "search_count", domain=[]), model
    assert site.apply(site.plan()).empty


def test_a_view_that_the_server_refuses_leaves_nothing_changed_and_the_server_free(bare):
    """The last kind of record to be refused, after most others were written."""
    plan = bare.plan()
    [view] = [each for each in plan.desired if each.name == "view_vote_list"]
    broken = Text(fr="<list><field name='x_nothing'/></list>", en="<list><field name='x_nothing'/></list>")
    spoilt = replace(view, values={**view.values, "arch_db": broken})
    desired = [spoilt if each is view else each for each in plan.desired]
    with pytest.raises(WriteRefused, match="x_nothing"):
        bare.apply(build_plan(desired, plan.observed))
    assert bare.external_ids() == 0
    assert bare.crm.call("ir.config_parameter", "search_count", domain=[["key", "=", CLAIM]]) == 0
    assert bare.apply(bare.plan()).empty
