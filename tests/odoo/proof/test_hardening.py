"""The CRM's own parts are hardened, watched, and given back as they were."""

import re
from contextlib import closing
from urllib.parse import unquote

import pytest
from pydantic import SecretStr

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile
from mist_connector.errors import AccessRefused, WriteRefused
from mist_connector.planning.changes import Act
from mist_connector.planning.plan import build_plan
from mist_connector.proof.doors import Web
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.destroying import destroy
from mist_connector.work.module.observe import observe


@pytest.fixture(scope="module")
def name(sandbox, deployed):
    made = sandbox.clone("hardening", source=deployed)
    yield made
    sandbox.drop(made)


@pytest.fixture(scope="module")
def crm(name, admin_of):
    with closing(admin_of(name)) as admin:
        yield admin


@pytest.fixture
def plan(crm, mappings):
    desired = compile_blueprint(mappings.blueprint)
    depends = mappings.blueprint.frame.depends
    return lambda: build_plan(desired, observe(crm, desired=desired, depends=depends))


def ref(crm, xmlid):
    module, _, name = xmlid.partition(".")
    domain = [["module", "=", module], ["name", "=", name]]
    [row] = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
    return row["res_id"]


def account(sandbox, crm, name, login, *groups):
    ids = [ref(crm, group) for group in ("base.group_user", *groups)]
    values = {"name": login, "login": login, "group_ids": [[6, 0, ids]]}
    [user] = crm.call("res.users", "create", vals_list=[values])
    profile = Profile(url=sandbox.url, database=name, login=login, timeout=60)
    return user, connect(profile, SecretStr(sandbox.api_key(login, name=name)))


def test_each_hardening_that_is_undone_is_named_and_done_again(crm, plan, mappings):
    crm.call("ir.config_parameter", "set_param", key="auth_signup.invitation_scope", value="b2c")
    links = {"implied_ids": [[4, ref(crm, "base.group_no_one")]]}
    crm.call("res.groups", "write", ids=[ref(crm, "base.group_user")], vals=links)
    rule = ref(crm, "mist_connector.rule_hardening__followers")
    crm.call("ir.rule", "write", ids=[rule], vals={"active": False})
    found = plan()
    assert {(change.act, change.name) for change in found.changes} == {
        (Act.RESTORE, "rule_hardening__followers"),
        (Act.RESTORE, "setting_auth_signup_invitation_scope"),
        (Act.RESTORE, "setting_base_group_user_base_group_no_one"),
    }
    deploy(crm, found, Manifest("MIST", "0.0", mappings.blueprint.frame.depends))
    assert plan().empty


def test_nobody_below_settings_joins_a_group_of_ours_by_any_of_the_four_ways(sandbox, crm, name):
    user, erp = account(sandbox, crm, name, "acces", "base.group_erp_manager", "base.group_partner_manager")
    group = ref(crm, "mist_connector.group_direction")
    with closing(erp):
        with pytest.raises(WriteRefused):
            erp.call("res.users", "write", ids=[user], vals={"group_ids": [[4, group]]})
        values = {"name": "x", "login": "x", "group_ids": [[4, group]]}
        with pytest.raises(WriteRefused):
            erp.call("res.users", "create", vals_list=[values])
        with pytest.raises(AccessRefused):
            erp.call("res.groups", "write", ids=[group], vals={"user_ids": [[4, user]]})
        implied = {"implied_ids": [[4, group]]}
        manager = ref(crm, "base.group_erp_manager")
        with pytest.raises(AccessRefused):
            erp.call("res.groups", "write", ids=[manager], vals=implied)
        settings = {"group_ids": [[4, ref(crm, "base.group_system")]]}
        with pytest.raises(WriteRefused):
            erp.call("res.users", "write", ids=[user], vals=settings)
        kept, other = account(sandbox, crm, name, "gardee", "mist_connector.group_direction")
        other.close()
        for values in ({"password": "une-autre-phrase"}, {"active": False}, {"login": "autre"}):
            with pytest.raises((AccessRefused, WriteRefused)):
                erp.call("res.users", "write", ids=[kept], vals=values)
        model = ref(crm, "base.model_res_partner")
        code = (
            "for one in self: one['x_look'] = str(self.env['x_mist_file'].sudo().search([]).mapped('x_note'))"
        )
        field = {"name": "x_look", "model_id": model, "ttype": "char", "compute": code, "store": False}
        right = {"name": "r", "model_id": ref(crm, "mist_connector.model_file"), "perm_read": True}
        for table, values in (("ir.model.fields", field), ("ir.model.access", right)):
            with pytest.raises(AccessRefused):
                erp.call(table, "create", vals_list=[values])
        # What an account administrator is for still works.
        assert erp.call("res.users", "create", vals_list=[{"name": "y", "login": "y"}])


def test_what_guards_the_register_is_changed_below_settings_in_no_way_be_it_by_elevated_code(
    sandbox, crm, name
):
    _, erp = account(sandbox, crm, name, "regles", "base.group_erp_manager")
    rule = ref(crm, "mist_connector.rule_hardening__accounts")
    with closing(erp):
        for values in ({"active": False}, {"domain_force": "[(1, '=', 1)]"}, {"perm_write": False}):
            with pytest.raises(WriteRefused, match="C02"):
                erp.call("ir.rule", "write", ids=[rule], vals=values)
        with pytest.raises(WriteRefused, match="C02"):
            erp.call("ir.rule", "unlink", ids=[rule])
        about = {"name": "x", "model_id": ref(crm, "base.model_res_partner"), "domain_force": "[]"}
        with pytest.raises(WriteRefused, match="C02"):
            erp.call("ir.rule", "create", vals_list=[about])
        for group in ("mail.group_mail_template_editor", "base.group_sanitize_override"):
            added = {"name": group, "login": group, "group_ids": [[4, ref(crm, group)]]}
            with pytest.raises((WriteRefused, AccessRefused)):
                erp.call("res.users", "create", vals_list=[added])
        choice = crm.call(
            "ir.model.fields.selection", "search", domain=[["field_id.model", "like", "x_mist"]], limit=1
        )
        with pytest.raises(AccessRefused):
            erp.call("ir.model.fields.selection", "write", ids=choice, vals={"name": "x"})
        letter = {
            "subject": "{{ 6 * 7 }}",
            "body": "x",
            "model": "res.partner",
            "composition_mode": "mass_mail",
        }
        with pytest.raises(AccessRefused):
            erp.call("mail.compose.message", "create", vals_list=[letter])
    # Whoever holds the settings still does.
    crm.call("ir.rule", "unlink", ids=crm.call("ir.rule", "create", vals_list=[about]))


def test_whoever_writes_letters_without_managing_access_still_does(sandbox, crm, name):
    user, clerk = account(sandbox, crm, name, "lettres")
    with closing(clerk):
        [partner] = [
            row["partner_id"][0] for row in crm.call("res.users", "read", ids=[user], fields=["partner_id"])
        ]
        letter = {"subject": "Bonjour", "body": "x", "model": "res.partner", "res_ids": f"[{partner}]"}
        assert clerk.call("mail.compose.message", "create", vals_list=[letter])


def test_a_link_by_which_a_password_is_set_serves_once_and_only_who_was_asked_by_the_settings(
    sandbox, crm, name
):
    user, other = account(sandbox, crm, name, "liee", "mist_connector.group_direction")
    other.close()
    profile = Profile(url=sandbox.url, database=name, login="liee", timeout=60)

    def sets(password):
        shown = crm.call(
            "mail.template.preview",
            "onchange",
            ids=[],
            values={
                "mail_template_id": ref(crm, "auth_signup.set_password_email"),
                "resource_ref": f"res.users,{user}",
            },
            field_names=["resource_ref"],
            fields_spec={"body_html": {}},
        )
        token = unquote(re.search(r"[?&;]token=([\w%.-]+)", shown["value"]["body_html"])[1])
        given = {
            "token": token,
            "login": "x",
            "name": "x",
            "password": password,
            "confirm_password": password,
        }
        with closing(Web(profile)) as web:
            web.get("/web/login", db=name)
            web.submit("/web/reset_password", given)
        with closing(Web(profile)) as web:
            web.log_in("liee", SecretStr(password))
            return web.open

    assert not sets("phrase-volee-2026")
    [partner] = [
        row["partner_id"][0] for row in crm.call("res.users", "read", ids=[user], fields=["partner_id"])
    ]
    crm.call("res.partner", "signup_prepare", ids=[partner], signup_type="reset")
    assert sets("phrase-choisie-2026")
    assert not sets("phrase-volee-2026")


def test_destroy_gives_the_crm_its_own_settings_back(sandbox, deployed, admin_of):
    made = sandbox.clone("givenback", source=deployed)
    with closing(admin_of(made)) as crm:
        destroy(crm)
        domain = [["key", "in", ["auth_signup.invitation_scope", "auth_signup.reset_password"]]]
        rows = crm.call("ir.config_parameter", "search_read", domain=domain, fields=["value"])
        assert sorted(row["value"] for row in rows) == ["True", "b2c"]
        [group] = crm.call("res.groups", "read", ids=[ref(crm, "base.group_user")], fields=["implied_ids"])
        assert ref(crm, "base.group_no_one") in group["implied_ids"]
        assert not crm.call("ir.config_parameter", "search", domain=[["key", "like", "mist"]])
    sandbox.drop(made)
