"""What opens a door is found, however it was done; a CRM as deployed has none."""

from contextlib import closing

import pytest

from mist_connector.proof.security import security_findings


@pytest.fixture
def name(sandbox, deployed_database):
    # The test's own administrator has a key without an end, as no real one should.
    sandbox.query(
        "UPDATE res_users_apikeys SET expiration_date = now() + interval '1 day'", name=deployed_database
    )
    return deployed_database


@pytest.fixture
def crm(name, admin_of):
    with closing(admin_of(name)) as admin:
        yield admin


class Hand:
    """Somebody with all rights who changes things by hand."""

    def __init__(self, crm):
        self.crm = crm

    def ref(self, xmlid):
        module, _, name = xmlid.partition(".")
        domain = [["module", "=", module], ["name", "=", name]]
        return self.crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])[0]["res_id"]

    def ours(self, name):
        return self.ref(f"mist_connector.{name}")

    def make(self, model, /, **values):
        return self.crm.call(model, "create", vals_list=[values])[0]

    def write(self, model, row_id, /, **values):
        self.crm.call(model, "write", ids=[row_id], vals=values)

    def account(self, login, *groups, **more):
        ids = [self.ref(group) for group in groups]
        return self.make("res.users", name=login, login=login, group_ids=[[6, 0, ids]], **more)


def everybody_reads(hand):
    hand.make("ir.model.access", name="a", model_id=hand.ours("model_file"), perm_read=True)


def code_elsewhere(hand):
    model = hand.ref("base.model_res_partner")
    code = "records = env['x_mist_file'].sudo().search([])"
    hand.make("ir.actions.server", name="c", model_id=model, state="code", code=code)


def code_on_ours(hand):
    hand.make("ir.actions.server", name="c", model_id=hand.ours("model_file"), state="code", code="pass")


def link_to_a_person(hand):
    hand.make(
        "ir.model.fields",
        name="x_whom",
        model_id=hand.ref("base.model_res_partner"),
        ttype="many2one",
        relation="x_mist_person",
        field_description="w",
    )


def field_on_ours(hand):
    hand.make(
        "ir.model.fields",
        name="x_story",
        model_id=hand.ours("model_person"),
        ttype="many2one",
        relation="x_mist_file",
        field_description="s",
    )


def model_like_ours(hand):
    hand.make("ir.model", model="x_mist_copy", name="Copie")


def member_who_administers(hand):
    hand.account("both@mist.invalid", "base.group_user", "base.group_system", "mist_connector.group_staff")


def too_many_administrators(hand):
    for number in range(2):
        hand.account(f"chief{number}@mist.invalid", "base.group_user", "base.group_system")


def too_many_access_holders(hand):
    for number in range(3):
        hand.account(f"access{number}@mist.invalid", "base.group_user", "base.group_erp_manager")


def two_connectors(hand):
    for number in range(2):
        hand.account(f"run{number}@mist.invalid", "base.group_user", "mist_connector.group_connector")


def implied(hand):
    links = {"implied_ids": [[4, hand.ours("group_staff")]]}
    hand.write("res.groups", hand.ref("base.group_partner_manager"), **links)


def repointed(hand):
    domain = [["module", "=", "mist_connector"], ["name", "=", "rule_vote__delete"]]
    [row] = hand.crm.call("ir.model.data", "search", domain=domain) or hand.crm.call(
        "ir.model.data",
        "search",
        domain=[["module", "=", "mist_connector"], ["name", "=like", "rule_vote__%"]],
        limit=1,
    )
    hand.write("ir.model.data", row, res_id=hand.ours("rule_hardening__groups"))


def rule(name, **values):
    return lambda hand: hand.write("ir.rule", hand.ours(name), **values)


def parameter(key, value):
    return lambda hand: hand.crm.call("ir.config_parameter", "set_param", key=key, value=value)


def archived_member(hand):
    hand.account("gone@mist.invalid", "base.group_user", "mist_connector.group_staff", active=False)


def public_attachment(hand):
    # Only elevated code can do this, which is what an installed module may be.
    model = hand.ref("base.model_res_partner")
    code = (
        "env['ir.attachment'].sudo().create({'name': 'a', 'raw': 'x', 'public': True,"
        " 'res_model': 'x_mist_association', 'res_id': env.ref('mist_connector.association').id})"
    )
    action = hand.make("ir.actions.server", name="once", model_id=model, state="code", code=code)
    hand.crm.call("ir.actions.server", "run", ids=[action])
    hand.crm.call("ir.actions.server", "unlink", ids=[action])


MUTATIONS = {
    "restore:ir.rule": rule("rule_hardening__notifications", active=False),
    "restore:ir.model.access": lambda hand: hand.write(
        "ir.model.access", hand.ours("access_person__staff"), group_id=False
    ),
    "restore:ir.model.fields": lambda hand: hand.write(
        "ir.model.fields",
        hand.ours("field_hardening__membership"),
        compute="for record in self:\n    record['x_mist_guard'] = 'ok'",
    ),
    "restore:ir.actions.server": lambda hand: hand.write(
        "ir.actions.server", hand.ours("action_refuse"), code="pass"
    ),
    "restore:ir.ui.menu": lambda hand: hand.write("ir.ui.menu", hand.ours("menu_of_file"), group_ids=[[5]]),
    "restore:mist.setting": parameter("auth_signup.invitation_scope", "b2c"),
    "revoke:ir.model.access": everybody_reads,
    "revoke:ir.rule": lambda hand: hand.make(
        "ir.rule", name="r", model_id=hand.ours("model_file"), domain_force="[]"
    ),
    "revoke:ir.actions.server": code_on_ours,
    "code": code_elsewhere,
    "undeclared": link_to_a_person,
    "thread": lambda hand: hand.write("ir.model", hand.ours("model_vote"), is_mail_thread=True),
    "report": lambda hand: hand.make(
        "ir.actions.report", name="r", model="x_mist_person", report_name="web.x", report_type="qweb-html"
    ),
    "template": lambda hand: hand.make("mail.template", name="t", model_id=hand.ours("model_person")),
    "published": public_attachment,
    "window": lambda hand: hand.make("ir.actions.act_window", name="w", res_model="x_mist_person"),
    "view": lambda hand: hand.make(
        "ir.ui.view",
        name="v",
        model="x_mist_person",
        inherit_id=hand.ours("view_person_list"),
        arch='<data><field name="x_name" position="after"><field name="create_uid"/></field></data>',
    ),
    "saved_export": lambda hand: hand.make("ir.exports", name="e", resource="x_mist_person"),
    "automation": lambda hand: hand.make(
        "base.automation", name="b", model_id=hand.ours("model_person"), trigger="on_create_or_write"
    ),
    "parameter": parameter("web.json.enabled", "1"),
    "both": member_who_administers,
    "settings": too_many_administrators,
    "access_rights": too_many_access_holders,
    "connectors": two_connectors,
    "archived_member": archived_member,
    "portal": lambda hand: hand.account("portal@mist.invalid", "base.group_portal"),
    "exports": lambda hand: hand.account(
        "exports@mist.invalid", "base.group_user", "base.group_allow_export"
    ),
    "technical": lambda hand: hand.account("tech@mist.invalid", "base.group_user", "base.group_no_one"),
    # The last one: it makes members of many.
    "restore:res.groups": implied,
}


def test_a_crm_as_deployed_has_no_open_door(crm, mappings):
    assert security_findings(crm, mappings.blueprint) == ()


def test_every_door_that_a_hand_opens_is_named(crm, mappings):
    """One test, since each change stays: what is asked is that its own kind appears, and was not there."""
    hand, missed, before = Hand(crm), [], set()
    for kind, change in MUTATIONS.items():
        change(hand)
        after = {each.kind for each in security_findings(crm, mappings.blueprint)}
        if kind in before or kind not in after:
            missed.append(kind)
        before = after
    assert missed == []


@pytest.mark.parametrize("change", [field_on_ours, model_like_ours, repointed])
def test_what_hides_behind_a_name_of_ours_is_named(crm, mappings, change):
    before = set(security_findings(crm, mappings.blueprint))
    change(Hand(crm))
    assert set(security_findings(crm, mappings.blueprint)) - before


def test_a_key_that_outlives_its_account_is_named(crm, sandbox, name, mappings):
    Hand(crm).account("keyed@mist.invalid", "base.group_user", active=False)
    sandbox.api_key("keyed@mist.invalid", name=name)
    kinds = {each.kind for each in security_findings(crm, mappings.blueprint)}
    assert {"sleeping_key", "endless_key"} <= kinds
