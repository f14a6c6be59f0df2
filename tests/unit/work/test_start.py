"""How far a CRM is on the way to a team at work, and what is said of each step that is missing."""

from __future__ import annotations

import pytest

from mist_connector.blueprint.hardening import Hardening, Sender
from mist_connector.crm.diagnose import Verdict
from mist_connector.crm.memory.client import MemoryCrm
from mist_connector.crm.memory.schema import FieldSchema, Kind
from mist_connector.work.start.accounts import Account
from mist_connector.work.start.progress import Progress, Step
from mist_connector.work.start.reading import read_progress
from mist_connector.work.start.sender import differences
from mist_connector.work.start.told import examine_start

CHAR, INTEGER = FieldSchema(Kind.CHAR), FieldSchema(Kind.INTEGER)
ADDRESS = "association@inventee.example"
COMPANY = {
    "id": 1,
    "email": ADDRESS,
    "default_from_email": False,
    "catchall_email": False,
    "bounce_email": False,
}
OWN = Hardening(
    sender=Sender(address=ADDRESS, answers_to=ADDRESS, returns_to=ADDRESS, rule="M08"),
    mail_servers=("mail.here",),
)
SCHEMA = {
    "res.groups": {"name": CHAR},
    "res.lang": {"code": CHAR},
    "ir.mail_server": {"smtp_host": CHAR},
    "res.company": dict.fromkeys(
        ("email", "default_from_email", "catchall_email", "bounce_email", "name"), CHAR
    ),
    "ir.model.data": {"module": CHAR, "model": CHAR, "name": CHAR, "res_id": INTEGER},
    "res.users.apikeys": {"user_id": FieldSchema(Kind.MANY2ONE, relation="res.users")},
    "res.users": {
        "login": CHAR,
        "email": CHAR,
        "login_date": CHAR,
        "share": FieldSchema(Kind.BOOLEAN),
        "active": FieldSchema(Kind.BOOLEAN, default=True),
        "all_group_ids": FieldSchema(Kind.MANY2MANY, relation="res.groups"),
    },
}


def crm_with(*accounts, groups=("connector", "direction", "staff")):
    """Return a CRM in which these accounts (login, e-mail, last login, groups) work."""
    crm = MemoryCrm(SCHEMA)
    crm.call("res.company", "create", vals_list=[{"email": ADDRESS}])
    crm.call("res.lang", "create", vals_list=[{"code": "fr_FR"}])
    made = crm.call("res.groups", "create", vals_list=[{"name": key} for key in groups])
    ids = dict(zip(groups, made, strict=True))
    rows = [
        {"module": "mist_connector", "model": "res.groups", "name": f"group_{key}", "res_id": row_id}
        for key, row_id in ids.items()
    ]
    crm.call("ir.model.data", "create", vals_list=rows)
    values = [
        {
            "login": login,
            "email": email,
            "login_date": seen,
            "all_group_ids": [[6, 0, [ids[each] for each in held]]],
        }
        for login, email, seen, held in accounts
    ]
    crm.call("res.users", "create", vals_list=values)
    return crm


def missing_in(crm):
    return read_progress(crm, OWN, placeholder="nobody@mist.example").missing


def test_each_step_is_missing_until_the_crm_holds_it():
    assert missing_in(crm_with(groups=())) == (
        *(Step.DEPLOYED, Step.RUN_ACCOUNT, Step.DIRECTION, Step.LOGGED_IN),
    )
    assert missing_in(crm_with()) == (Step.RUN_ACCOUNT, Step.DIRECTION, Step.LOGGED_IN)
    robot = ("robot", "", "", ["connector"])
    assert missing_in(crm_with(robot)) == (Step.DIRECTION, Step.LOGGED_IN)
    away = ("dir", "", "", ["direction"])
    assert missing_in(crm_with(robot, away)) == (Step.ADDRESSES, Step.LOGGED_IN)
    invited = ("dir", "dir@inventee.example", "", ["direction"])
    assert missing_in(crm_with(robot, invited)) == (Step.LOGGED_IN,)
    there = ("dir", "dir@inventee.example", "2026-12-01 08:00:00", ["direction"])
    assert missing_in(crm_with(robot, there)) == ()


def test_a_key_of_direction_is_advised_and_keeps_nobody_from_working():
    crm = crm_with(
        ("robot", "", "", ["connector"]), ("dir", "d@inventee.example", "2026-12-01", ["direction"])
    )
    found = {each.topic: each for each in examine_start(read_progress(crm, OWN, placeholder=""))}
    assert found["clé de la direction"].verdict is Verdict.WARNING
    assert "mist init --profile direction" in found["clé de la direction"].todo
    [account] = crm.call("res.users", "search", domain=[["login", "=", "dir"]])
    crm.call("res.users.apikeys", "create", vals_list=[{"user_id": account}])
    assert read_progress(crm, OWN, placeholder="").done[Step.DIRECTION_KEY]


def test_steps_are_told_in_their_order_each_with_what_to_do():
    bare = list(examine_start(Progress(french=False, deployed=False)))
    assert [each.topic for each in bare] == [
        "langue",
        "règlement",
        "courriel",
        "expéditeur",
        "connecteur",
        "direction",
    ]
    assert all(each.todo for each in bare if each.verdict is Verdict.WARNING)


def test_whoever_cannot_be_invited_is_named_by_login_and_no_address_is_told():
    team = (Account(1, "equipe"), Account(2, "dir", "secret@inventee.example"))
    told = " ".join(each.what for each in examine_start(Progress(french=True, deployed=True, team=team)))
    assert "parvient : equipe." in told
    assert "connectés : dir, equipe." in told
    assert "secret" not in told + repr(team)


@pytest.mark.parametrize(
    ("company", "servers", "said"),
    [
        ({}, (), None),
        ({"email": ADDRESS.upper()}, (), None),
        ({"email": False}, (), "pas d'adresse"),
        ({"email": "autre@inventee.example"}, (), "autre@inventee.example"),
        ({"catchall_email": "tout@inventee.example"}, (), "catchall"),
        ({"bounce_email": "retour@inventee.example"}, (), "bounce"),
        ({}, ("mail.here",), None),
        ({}, ("mail.here", "mail.elsewhere"), "mail.elsewhere"),
    ],
)
def test_what_keeps_mails_from_leaving_is_said(company, servers, said):
    told = differences({**COMPANY, **company}, servers, OWN, placeholder="nobody@mist.example")
    assert told == () if said is None else said in told[0]


def test_the_invented_address_of_the_delivered_rules_is_nobody_s():
    [told] = differences(COMPANY, (), OWN, placeholder=ADDRESS)
    assert "hardening.yaml" in told
    [told] = differences(COMPANY, (), Hardening(), placeholder="")
    assert "hardening.yaml" in told
