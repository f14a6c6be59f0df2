"""What somebody changes by hand in the CRM is found, named as such, and put back."""

import pytest

from mist_connector.planning.changes import Act


@pytest.fixture
def site(lasting_site):
    yield lasting_site
    assert lasting_site.plan().empty


EVERYTHING = "[(1, '=', 1)]"
BY_HAND = {
    "a record rule": ("ir.rule", "rule_file__read_write", {"domain_force": EVERYTHING}),
    "a record rule archived": ("ir.rule", "rule_person__read_create", {"active": False}),
    "an access right": ("ir.model.access", "access_person__staff", {"perm_unlink": True}),
    "an access right for everybody": ("ir.model.access", "access_person__staff", {"group_id": False}),
    "a hook": (
        "ir.model.fields",
        "field_person__x_guard",
        {"compute": "for record in self:\n    record['x_guard'] = 'ok'"},
    ),
    "what sets a hook off": ("ir.model.fields", "field_person__x_guard", {"depends": "x_name"}),
    "a view": ("ir.ui.view", "view_person_list", {"arch_db": '<list><field name="x_name"/></list>'}),
    "a label": ("ir.model.fields", "field_person__x_first_name", {"field_description": "Autre"}),
    "a menu's groups": ("ir.ui.menu", "menu_of_file", {"group_ids": [[5]]}),
    "a group's name": ("res.groups", "group_staff", {"name": "Autre"}),
    "a window": ("ir.actions.act_window", "window_person", {"domain": "[(1, '=', 0)]"}),
    "a server action's code": ("ir.actions.server", "action_refuse", {"code": "pass"}),
}


@pytest.mark.parametrize("hand", BY_HAND)
def test_a_change_by_hand_is_named_exactly_and_put_back(site, hand):
    model, name, values = BY_HAND[hand]
    site.write(model, name, values)
    plan = site.plan()
    assert [(change.act, change.name) for change in plan.changes] == [(Act.RESTORE, name)]
    assert {each.column for each in plan.changes[0].values} == set(values)
    assert site.apply(plan).empty


def test_what_was_deleted_by_hand_comes_back(site):
    site.crm.call("ir.ui.menu", "unlink", ids=[site.id_of("menu_of_file")])
    site.crm.call("ir.rule", "unlink", ids=[site.id_of("rule_file__read_write")])
    plan = site.plan()
    assert {(change.act, change.name) for change in plan.changes} == {
        (Act.RESTORE, "menu_of_file"),
        (Act.RESTORE, "rule_file__read_write"),
    }
    assert site.apply(plan).empty


def test_doors_added_by_hand_to_our_models_are_found_and_closed(site):
    model = site.id_of("model_file")
    site.crm.call("ir.rule", "create", vals_list=[{"name": "r", "model_id": model, "domain_force": "[]"}])
    right = {"name": "a", "model_id": model, "perm_read": True}
    site.crm.call("ir.model.access", "create", vals_list=[right])
    code = {"name": "c", "model_id": model, "state": "code", "code": "pass"}
    site.crm.call("ir.actions.server", "create", vals_list=[code])
    plan = site.plan()
    assert [(change.act, change.model) for change in plan.changes] == [
        (Act.REVOKE, "ir.model.access"),
        (Act.REVOKE, "ir.rule"),
        (Act.REVOKE, "ir.actions.server"),
    ]
    assert site.apply(plan).empty


def test_a_group_that_somebody_made_to_imply_ours_is_found(site):
    ours = site.id_of("group_direction")
    domain = [["module", "=", "base"], ["name", "=", "group_user"]]
    [user] = site.crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
    site.crm.call("res.groups", "write", ids=[user["res_id"]], vals={"implied_ids": [[4, ours]]})
    plan = site.plan()
    assert [change.name for change in plan.changes] == ["group_direction"]
    assert site.apply(plan).empty


def point(site, name, target):
    domain = [["module", "=", "mist_connector"], ["name", "=", name]]
    ids = site.crm.call("ir.model.data", "search", domain=domain)
    site.crm.call("ir.model.data", "write", ids=ids, vals={"res_id": target})


def test_an_external_id_that_points_to_another_of_ours_is_untangled(site):
    point(site, "rule_file__read_write", site.id_of("rule_file__delete"))
    plan = site.plan()
    restored = {change.name for change in plan.changes if change.act is Act.RESTORE}
    assert {"rule_file__read_write", "rule_file__delete"} <= restored
    assert site.apply(plan).empty


def test_an_external_id_that_points_to_a_record_of_others_lets_go_of_it_unchanged(site):
    [theirs] = site.crm.call(
        "ir.rule", "search_read", domain=[["model_id.model", "=", "res.partner"]], fields=[], limit=1
    )
    point(site, "rule_file__read_write", theirs["id"])
    plan = site.plan()
    assert "rule_file__read_write" in {change.name for change in plan.changes}
    assert site.apply(plan).empty
    [after] = site.crm.call("ir.rule", "read", ids=[theirs["id"]], fields=[])
    assert after == theirs
