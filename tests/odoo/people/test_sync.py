"""A sync on a real CRM: what it changes, what it leaves, and what it costs."""

from __future__ import annotations

import random
import secrets
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from mist_connector.bylaws.sync_limits import ByHand, Names
from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.errors import CrmError
from mist_connector.planning.people import AccountAct, ContactAct
from mist_connector.proof.doors import Web
from mist_connector.reporting import Silent
from mist_connector.work.people.facts_reading import read_facts

from .conftest import CONNECTOR

PASSWORD = "une phrase inventée"  # noqa: S105 - of a database that lives as long as a test


def _people(crm):
    rows = crm.call("x_mist_person", "search_read", domain=[], fields=["x_name", "x_status"])
    return {row["x_name"]: row["x_status"] for row in rows}


def _account(association, login):
    columns = ["login", "active", "group_ids", "partner_id"]
    [row] = association.admin.call(
        "res.users",
        "search_read",
        domain=[["login", "=", login]],
        fields=columns,
        context={"active_test": False},
    )
    return row


def test_a_second_sync_finds_nothing_to_do_and_writes_nothing(association, recording):
    crm = recording(association.connector)
    before = association.versions()
    plan = association.sync(crm).plan(on=association.today())
    assert plan.empty
    association.sync(crm).apply(plan, Silent())
    assert not crm.writes
    assert association.versions() == before
    assert crm.requests_made <= 40


def test_statuses_are_those_that_the_engine_decides(association):
    register = read_facts(association.connector, association.mappings.blueprint)
    verdicts = association.sync().verdicts(register, association.today())
    recorded = _people(association.connector)
    assert {verdict.code: verdict.status or False for verdict in verdicts.people} == recorded
    assert {"excluded", "left", "candidate", "member", "provisional", "active", False} == set(
        recorded.values()
    )


def test_every_contact_of_somebody_without_a_function_shows_a_code_and_nothing_else(association):
    rows = association.connector.call(
        "x_mist_person",
        "search_read",
        domain=[["x_function_ids", "=", False]],
        fields=["x_name", "x_contact_id"],
    )
    ids = [row["x_contact_id"][0] for row in rows]
    assert len(set(ids)) == len(rows)
    columns = ["name", "email", "phone", "street", "comment", "category_id", "message_partner_ids"]
    contacts = association.admin.call("res.partner", "read", ids=ids, fields=columns)
    assert {contact["name"] for contact in contacts} == {row["x_name"] for row in rows}
    assert not any(contact[column] for contact in contacts for column in columns[1:])


def _contact(association, person):
    [row] = association.connector.call("x_mist_person", "read", ids=[person], fields=["x_contact_id"])
    return row["x_contact_id"][1]


def test_a_contact_shows_a_name_while_a_consent_covers_it_as_far_as_it_goes_and_then_the_code_again(
    association,
):
    fields = ["x_name", "x_first_name", "x_last_name"]
    domain = [["x_function_ids", "=", False], ["x_consent_ids", "=", False], ["x_name_of_use", "=", False]]
    person = association.connector.call(
        "x_mist_person", "search_read", domain=domain, fields=fields, limit=1
    )[0]
    code, first = person["x_name"], person["x_first_name"]
    shown = {"named_media": code, "first_name": first, "full": f"{first} {person['x_last_name']}"}
    crm, today = association.door("direction@mist.example"), association.today()
    values = {"x_person_id": person["id"], "x_since": today.isoformat(), "x_until": "2099-01-01"}
    [consent] = crm.call("x_mist_consent", "create", vals_list=[{**values, "x_limits": "named_media"}])
    for limits, name in shown.items():
        crm.call("x_mist_consent", "write", ids=[consent], vals={"x_limits": limits})
        plan = association.synced()
        assert first not in repr(plan)
        assert _contact(association, person["id"]) == name
    assert association.plan().empty
    # Withdrawn, as of yesterday.
    yesterday = (today - timedelta(days=1)).isoformat()
    crm.call("x_mist_consent", "write", ids=[consent], vals={"x_since": yesterday, "x_until": yesterday})
    [change] = association.synced().contacts
    assert (change.act, change.added) == (ContactAct.SCRUB, ("name",))
    assert _contact(association, person["id"]) == code


def test_with_an_account_for_a_function_her_contact_shows_her_name_and_nobody_elses_name_is_read(
    association, recording
):
    crm = recording(association.connector)
    association.sync(crm).plan(on=association.today())
    [[[_, _, codes], *_]] = [
        arguments["domain"]
        for model, _, arguments in crm.asked
        if model == "x_mist_person" and "x_last_name" in arguments.get("fields", ())
    ]
    rows = association.connector.call(
        "x_mist_function", "search_read", domain=[["x_user_id", "!=", False]], fields=["x_person_id"]
    )
    assert set(codes) <= {row["x_person_id"][1] for row in rows}
    people = association.connector.call(
        "x_mist_person",
        "search_read",
        domain=[["x_name", "in", codes]],
        fields=["x_called", "x_contact_id"],
    )
    assert all(person["x_contact_id"][1] == person["x_called"] for person in people)
    never = association.sync(names=Names.NEVER).plan(on=association.today())
    assert {change.code for change in never.contacts} == set(codes)
    assert all(change.act is ContactAct.SCRUB for change in never.contacts)


def test_what_was_added_to_a_contact_by_hand_is_found_by_field_and_removed(association):
    [person] = association.connector.call(
        "x_mist_person",
        "search_read",
        domain=[["x_function_ids", "=", False]],
        fields=["x_name", "x_contact_id"],
        limit=1,
    )
    tag = association.admin.call("res.partner.category", "create", vals_list=[{"name": "Étiquette"}])
    added = {"name": "Nom Ajouté", "email": "nom@example.invalid", "category_id": [[6, 0, tag]]}
    contact = person["x_contact_id"][0]
    association.admin.call("res.partner", "write", ids=[contact], vals=added)
    association.admin.call("res.partner", "message_post", ids=[contact], body="Ancienne adresse")
    [change] = association.plan().contacts
    assert (change.code, change.act) == (person["x_name"], ContactAct.SCRUB)
    # Its messages remember the address: they go too.
    assert set(change.added) - {"message_ids", "message_follower_ids"} == set(added)
    assert "message_ids" in change.added
    assert "nom@example.invalid" not in repr(change)
    association.synced()
    assert association.plan().empty
    [row] = association.admin.call("res.partner", "read", ids=[contact], fields=[*added, "message_ids"])
    assert row["message_ids"] == []
    assert (row["name"], row["email"], row["category_id"]) == (person["x_name"], False, [])


def test_a_person_linked_to_the_contact_of_an_account_gets_one_of_her_own_and_the_account_keeps_its_name(
    association,
):
    person = association.connector.call("x_mist_person", "search", domain=[], limit=1)
    admin = _account(association, association.sandbox.admin_login)
    contact = admin["partner_id"][0]
    association.connector.call("x_mist_person", "write", ids=person, vals={"x_contact_id": contact})
    association.synced()
    [row] = association.connector.call("x_mist_person", "read", ids=person, fields=["x_contact_id"])
    assert row["x_contact_id"][0] != contact
    assert _account(association, association.sandbox.admin_login)["partner_id"][1] == admin["partner_id"][1]
    assert association.plan().empty


def test_accounts_have_the_groups_of_their_functions_and_no_others(association):
    staff, direction = (association.ref(f"mist_connector.group_{role}") for role in ("staff", "direction"))
    user = association.ref("base.group_user")
    for number in range(1, 5):
        account = _account(association, f"equipe.{number}@mist.example")
        assert set(account["group_ids"]) == {user, staff}
        assert account["active"]
    assert set(_account(association, "direction@mist.example")["group_ids"]) == {user, direction}


def test_a_group_given_by_hand_is_found_and_taken_back_and_administrators_are_left_alone(association):
    staff = association.ref("mist_connector.group_staff")
    values = {"name": "Autre", "login": "autre@mist.example", "group_ids": [[4, staff]]}
    association.admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    association.admin.call(
        "res.users", "write", ids=[association.admin.uid()], vals={"group_ids": [[4, staff]]}
    )
    plan = association.plan()
    assert [(change.login, change.act) for change in plan.accounts] == [
        ("autre@mist.example", AccountAct.REVOKE)
    ]
    assert any(association.sandbox.admin_login in sentence.fr for sentence in plan.left_alone)
    association.synced()
    other = _account(association, "autre@mist.example")
    assert staff not in other["group_ids"]
    assert other["active"]
    assert staff in _account(association, association.sandbox.admin_login)["group_ids"]


def _browser(association, login):
    """Log in as in a browser; `open` tells whether the CRM let her in."""
    profile = make_profile(url=association.sandbox.url, database=association.database, login=login)
    browser = Web(profile)
    browser.log_in(login, SecretStr(PASSWORD))
    return browser


def _still_in(browser):
    return '"result": ' in browser.call("res.users", "search_count", [])


def _works(crm):
    try:
        crm.call("res.users", "search_count", domain=[])
    except CrmError:
        return False
    return True


def test_when_a_function_ends_its_account_closes_with_keys_and_sessions_and_none_comes_back_with_it(
    association,
):
    login = "equipe.1@mist.example"
    account = _account(association, login)
    association.admin.call("res.users", "write", ids=[account["id"]], vals={"password": PASSWORD})
    key, browser = association.door(login), _browser(association, login)
    assert browser.open
    assert _still_in(browser)
    assert _works(key)
    [function] = association.connector.call("x_mist_function", "search", domain=[["x_login", "=", login]])
    association.end(function, association.today() - timedelta(days=1))
    [change] = association.plan().accounts
    assert (change.act, change.before, change.after) == (AccountAct.CLOSE, ("staff",), ())
    association.synced()
    closed = _account(association, login)
    assert not closed["active"]
    assert association.ref("mist_connector.group_staff") not in closed["group_ids"]
    assert not _still_in(browser)
    assert not _works(key)
    keys = association.sandbox.query("select user_id from res_users_apikeys", name=association.database)
    assert str(closed["id"]) not in keys.split()
    association.end(function, None)
    association.synced()
    assert _account(association, login)["active"]
    assert not _still_in(browser)
    assert not _works(key)
    assert not _browser(association, login).open
    assert association.plan().empty


def test_an_account_that_was_there_before_joins_without_what_others_may_know_of_it(association):
    login = "prete.davance@mist.example"
    values = {
        "login": login,
        "name": "Choisi par qui l'a fait",
        "email": "ailleurs@ailleurs.invalid",
        "phone": "00 00 00 00",
        "signature": "<p>ailleurs</p>",
        "notification_type": "inbox",
        "password": PASSWORD,
        "group_ids": [[6, 0, [association.ref("base.group_user")]]],
    }
    [made] = association.admin.call(
        "res.users", "create", vals_list=[values], context={"no_reset_password": True}
    )
    before = association.admin.call("res.users", "read", ids=[made], fields=["partner_id"])[0]["partner_id"]
    association.admin.call("res.partner", "signup_prepare", ids=[before[0]])
    key, browser = association.door(login), _browser(association, login)
    assert browser.open
    assert _works(key)
    [person] = association.connector.call("x_mist_person", "search", domain=[], limit=1, order="id desc")
    association.give(person, login)
    [change] = association.plan().accounts
    assert (change.act, change.before, change.after) == (AccountAct.ADMIT, (), ("staff",))
    association.synced()
    assert association.ref("mist_connector.group_staff") in _account(association, login)["group_ids"]
    assert not _still_in(browser)
    assert not _works(key)
    assert not _browser(association, login).open
    columns = ["name", "email", "phone", "signature", "notification_type", "partner_id"]
    [kept] = association.admin.call("res.users", "read", ids=[made], fields=columns)
    assert (kept["name"], kept["email"], kept["phone"]) == (login, login, False)
    assert (kept["signature"], kept["notification_type"]) == (False, "email")
    assert kept["partner_id"] != before
    [left] = association.admin.call("res.partner", "read", ids=[before[0]], fields=["signup_type"])
    assert not left["signup_type"]
    assert association.plan().empty


def test_a_group_that_gives_ours_is_explained_and_left_to_apply(association):
    staff = association.ref("mist_connector.group_staff")
    values = {"name": "Groupe inventé", "implied_ids": [[4, staff]]}
    [group] = association.admin.call("res.groups", "create", vals_list=[values])
    values = {"name": "Autre", "login": "autre@mist.example", "group_ids": [[4, group]]}
    association.admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    plan = association.plan()
    assert plan.empty
    told = [sentence.fr for sentence in plan.left_alone]
    assert any("autre@mist.example a le droit staff par un autre groupe" in each for each in told), told


def test_groups_added_from_the_groups_side_are_undone_or_only_reported_as_declared(association):
    staff, direction = (association.ref(f"mist_connector.group_{role}") for role in ("staff", "direction"))
    account = _account(association, "equipe.2@mist.example")
    association.admin.call("res.groups", "write", ids=[direction], vals={"user_ids": [[4, account["id"]]]})
    told = association.sync(by_hand=ByHand.REPORT).plan(on=association.today())
    assert told.empty
    assert any("equipe.2@mist.example a un droit" in sentence.fr for sentence in told.left_alone)
    [change] = association.plan().accounts
    assert (change.before, change.after, change.by_hand) == (
        ("direction", "staff"),
        ("staff",),
        ("direction",),
    )
    association.synced()
    groups = _account(association, "equipe.2@mist.example")["group_ids"]
    assert staff in groups
    assert direction not in groups


def test_a_login_that_belongs_to_an_administrator_is_never_taken_over(association):
    person = association.connector.call("x_mist_person", "search", domain=[], limit=1)[0]
    function = association.give(person, association.sandbox.admin_login, role="direction")
    before = _account(association, association.sandbox.admin_login)
    plan = association.synced()
    assert plan.accounts == ()
    assert plan.left_alone
    [row] = association.connector.call("x_mist_function", "read", ids=[function], fields=["x_user_id"])
    assert not row["x_user_id"]
    assert _account(association, association.sandbox.admin_login) == before


def test_a_sync_that_is_cut_off_after_each_write_ends_in_the_same_state(empty, interrupted):
    empty.load()
    people = empty.connector.call("x_mist_person", "search", domain=[])
    empty.connector.call("x_mist_person", "write", ids=people[:30], vals={"x_contact_id": False})
    contacts = empty.connector.call(
        "res.partner", "search", domain=[["name", "=like", "P-____-____"]], limit=10
    )
    empty.connector.call("res.partner", "write", ids=contacts, vals={"name": "Nom Ajouté"})
    _overtaken(empty, people)
    plan = empty.plan()
    assert plan.statuses
    assert plan.contacts
    assert plan.accounts
    assert plan.reminders
    cuts = interrupted(empty.connector, lambda crm: _sync(empty, crm))
    assert cuts >= 6  # one at least for each kind of what is brought in line, statuses all in one
    assert empty.plan().empty
    codes = {
        row["x_name"]
        for row in empty.connector.call("x_mist_person", "search_read", domain=[], fields=["x_name"])
    }
    rows = empty.connector.call("x_mist_person", "search_read", domain=[], fields=["x_contact_id"])
    assert len({row["x_contact_id"][0] for row in rows}) == len(codes)
    rows = empty.connector.call("x_mist_reminder", "search_read", domain=[], fields=["x_cause"])
    assert len({row["x_cause"] for row in rows}) == len(rows) > 0
    active = empty.sandbox.query("select count(*) from mail_activity where active", name=empty.database)
    assert int(active) == len(rows)


def _overtaken(association, people):
    """Leave statuses behind the facts, as where days have passed on which nobody wrote anything."""
    association.sandbox.query(
        f"update x_mist_person set x_status = null where id in {tuple(people)}",  # noqa: S608 - our own numbers
        name=association.database,
    )


def _sync(association, crm):
    sync = association.sync(crm)
    sync.apply(sync.plan(on=association.today()), Silent())


@pytest.fixture
def mist_sync(tmp_path, monkeypatch):
    """A function that begins « mist sync » on an association, as a process of its own."""

    def begin(association):
        monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
        secret = tmp_path / "key"
        secret.touch(mode=0o600)
        secret.write_text(association.sandbox.api_key(CONNECTOR, name=association.database))
        profile = make_profile(url=association.sandbox.url, database=association.database, login=CONNECTOR)
        save_profile(profile.model_copy(update={"secret_file": str(secret)}))
        command = [Path(sys.executable).with_name("mist"), "sync", "--yes"]
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        return lambda: subprocess.Popen(command, **streams)  # noqa: S603 - our own command

    return begin


def _state(association):
    """Return who is what, whose contact shows what, which account has which groups, who is told what."""
    crm, admin = association.connector, association.admin
    people = crm.call(
        "x_mist_person", "search_read", domain=[], fields=["x_name", "x_status", "x_contact_id"]
    )
    users = admin.call("res.users", "search_read", domain=[], fields=["login", "group_ids"])
    told = crm.call("x_mist_reminder", "search_read", domain=[], fields=["x_cause", "x_state", "x_due"])
    activities = association.sandbox.query(
        "select u.login, a.date_deadline from mail_activity a join res_users u on u.id = a.user_id "
        "where a.active and a.summary like 'MIST%'",
        name=association.database,
    )
    return (
        sorted(
            (each["x_name"], each["x_status"] or "", (each["x_contact_id"] or (0, ""))[1]) for each in people
        ),
        sorted((each["login"], sorted(each["group_ids"])) for each in users),
        sorted((each["x_cause"], each["x_state"], each["x_due"]) for each in told),
        sorted(activities.splitlines()),
    )


def test_a_sync_that_is_killed_at_random_moments_ends_as_one_that_was_not_and_tells_nobody_twice(
    empty, sandbox, association_of, mist_sync
):
    empty.load()
    people = empty.connector.call("x_mist_person", "search", domain=[])
    empty.connector.call("x_mist_person", "write", ids=people[:30], vals={"x_contact_id": False})
    _overtaken(empty, people)
    straight = sandbox.clone(f"straight{secrets.token_hex(4)}", source=empty.database)
    try:
        reference = association_of(straight)
        reference.synced()
        wanted = _state(reference)
    finally:
        sandbox.drop(straight)
    begin, seed, midway = mist_sync(empty), secrets.randbits(32), 0
    moments, before = random.Random(seed), _state(empty)  # noqa: S311 - moments, not secrets
    for step in ("Contacts", "Statuts", "Comptes", "Rappels"):
        running = begin()
        # It says what it begins to write, as long as there is something: it is killed some time after that.
        if any(line.startswith(f"• {step}") for line in running.stderr):
            time.sleep(moments.uniform(0, 0.3))
        running.kill()
        running.communicate()
        midway += _state(empty) not in (before, wanted)
    last = begin()
    told = last.communicate(timeout=60)[1]
    assert last.returncode == 0, told
    assert _state(empty) == wanted, seed
    assert midway, f"every kill came too early or too late (seed {seed})"
    causes = [cause for cause, _, _ in _state(empty)[2]]
    assert len(set(causes)) == len(causes) > 0
    assert empty.plan().empty


# Behind the CRM's back, since this is about reading: people, their contacts, and one signature each.
MANY = """
insert into res_partner (name, complete_name, active, type, company_id, create_date)
    select 'P-' || lpad(to_hex(n >> 16), 4, '0') || '-' || upper(lpad(to_hex(n & 65535), 4, '0')),
           'P-' || lpad(to_hex(n >> 16), 4, '0') || '-' || upper(lpad(to_hex(n & 65535), 4, '0')),
           true, 'contact', null, '2000-01-01'
    from generate_series(1, 10000) n;
insert into x_mist_person (x_name, x_first_name, x_last_name, x_contact_id, x_association_id, x_attested_on,
                           x_status, x_guard, create_date)
    select p.name, 'Exemple', 'Inventée', p.id, (select min(id) from x_mist_association), '2026-01-01',
           'member', 'ok', now()
    from res_partner p where p.name like 'P-____-____';
insert into x_mist_signature (x_name, x_person_id, x_document, x_on, x_association_id, x_guard, create_date)
    select 'S' || substr(x_name, 2), id, 'bylaws', '2026-02-01', x_association_id, 'ok', now()
    from x_mist_person;
"""


def test_a_sync_of_ten_thousand_people_with_nothing_to_do_takes_at_most_forty_requests(empty, recording):
    empty.sandbox.query(MANY, name=empty.database)
    crm = recording(empty.connector)
    plan = empty.sync(crm).plan(on=empty.today())
    assert plan.people == 10_000
    assert plan.empty
    assert crm.requests_made <= 40


def test_thousands_of_changes_take_a_request_for_each_batch_and_never_one_for_each_person(empty, recording):
    empty.sandbox.query(MANY, name=empty.database)
    empty.sandbox.query("update x_mist_person set x_status = null", name=empty.database)
    crm = recording(empty.connector)
    sync = empty.sync(crm)
    plan = sync.plan(on=empty.today())
    assert len(plan.statuses) == 10_000
    sync.apply(plan, Silent())
    assert len(crm.writes) <= 6
    assert empty.plan().empty
