"""A CRM of 300 named contacts: 80 members are shielded, and searched for in a dump of the whole database."""

from __future__ import annotations

import json
import re
from contextlib import closing
from types import SimpleNamespace

import pytest

from mist_connector.privacy.shielding import Named, Shield

from .dumped import Dump
from .invented import MEMBERS, NAMED, TAG

FEW = 6
# What is other contacts' alone: their rows and whatever hangs on them, as text, in one digest for each table.
OTHERS = {
    "res_partner": "id = any({others})",
    "res_partner_bank": "partner_id = any({others})",
    "mail_message": "model = 'res.partner' and res_id = any({others})",
    "mail_activity": "res_model = 'res.partner' and res_id = any({others})",
    "mail_followers": "partner_id = any({others})",
    "mail_notification": "res_partner_id = any({others})",
    "ir_attachment": "res_model = 'res.partner' and res_id = any({others})",
    "crm_lead": "partner_id = any({others})",
    "calendar_attendee": "partner_id = any({others})",
    "calendar_event": "id in (select event_id from calendar_attendee where partner_id = any({others}))",
    "ir_model_data": "true",
}


DIGEST = "select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {table} t where {where}"


class CutOffError(Exception):
    """The process was stopped here."""


class Cut:
    """A connection that is cut off after so many writes."""

    def __init__(self, crm, allowed):
        self._crm, self._left = crm, allowed

    def __getattr__(self, name):
        return getattr(self._crm, name)

    def call(self, model, method, /, **arguments):
        if method in {"create", "run", "unlink"}:
            if self._left == 0:
                raise CutOffError
            self._left -= 1
        return self._crm.call(model, method, **arguments)


def _digests(before):
    others = f"array{[before.contact(each) for each in before.people if not each.member]}"
    return {
        table: before.query(DIGEST.format(table=table, where=where.format(others=others)))
        for table, where in OTHERS.items()
    }


def _cut_everywhere(before, mappings, lines):
    """Shield some contacts, cut off at each write and begun again; return how often it was cut."""
    settings = mappings.shield.model_copy(update={"batch": 3})
    for cuts in range(30):
        with closing(before.admin_of(before.database)) as crm:
            try:
                # The code itself is created and removed by two of these writes.
                with Shield.opened(Cut(crm, 3), settings, mappings.sync, mappings.blueprint) as shield:
                    found = shield.find(lines, ())
                    for step in shield.steps(found.ready):
                        shield.apply(step, lines, redact=False, languages=("fr",), entry=_entry())
            except CutOffError:
                continue
            return cuts
    raise AssertionError("it never ends")


def _entry():
    return {"x_command": "essai", "x_account": "essai", "x_on": "2026-11-25"}


@pytest.fixture(scope="module")
def scene(before, typed, listed, mappings):
    """Everything in the order in which an administrator does it, with what was seen on the way."""
    seen = SimpleNamespace()
    seen.dump_before, seen.digests_before = Dump(before.sandbox, before.database), _digests(before)
    # A few of them first, with the process stopped at every write.
    first = [Named(str(before.contact(each)), each.number + 2) for each in before.members()[:FEW]]
    seen.cuts = _cut_everywhere(before, mappings, first)
    seen.people_after_cuts = before.query("select count(*) from x_mist_person")
    seen.found = typed("find", "--tag", TAG, "--json", "--detailed-exitcode")
    seen.applied = typed("apply", "--tag", TAG, "--yes", "--json", "--detailed-exitcode")
    seen.verified = typed("verify", "--json")
    seen.dump, seen.digests = Dump(before.sandbox, before.database), _digests(before)
    named = listed(before.contacts[NAMED])
    seen.redacted = typed("apply", "--again", "--redact", "--yes", "--list", named)
    seen.verified_again = typed("verify", "--json")
    seen.applied_again = typed("apply", "--tag", TAG, "--yes", "--json", "--detailed-exitcode")
    seen.noted = before.query(NOTED)
    return seen


def test_before_everybody_is_found_in_many_tables(before, scene):
    for each in before.members():
        places = scene.dump_before.places(each)
        assert {"name", "mail", "phone"} <= set(places), each.number
        assert {"res_partner", "mail_message", "ir_attachment", "mail_activity"} <= places["name"]


def test_a_run_stopped_at_every_write_ends_in_the_same_state(scene):
    assert scene.cuts >= 2
    assert scene.people_after_cuts == str(FEW)
    status, out, _ = scene.found
    assert (status, len([each for each in json.loads(out)["candidates"] if not each["left"]])) == (
        2,
        MEMBERS - FEW,
    )


def test_members_are_found_nowhere_but_in_the_registers_own_tables(before, scene):
    status, out, _ = scene.applied
    assert status == 2  # one place is left, and told
    assert sum(len(step["done"]) for step in json.loads(out)["steps"]) == MEMBERS - FEW
    outside = {each.number: scene.dump.outside(each) for each in before.members()}
    assert {number: tables for number, tables in outside.items() if tables} == {NAMED: {"mail_message"}}
    for each in before.members():
        assert scene.dump.places(each)["phone"] == {"x_mist_person"}
        assert scene.dump.places(each)["mail"] == {"x_mist_person"}


def test_what_merely_names_her_is_told_by_place_and_cleaned_only_where_asked(before, scene):
    status, out, _ = scene.verified
    code = before.one("select x_name from x_mist_person where x_contact_id = {}", before.contacts[NAMED])
    [place] = json.loads(out)["places"]
    assert (status, place["model"], place["person"]) == (2, "mail.message", code)
    assert json.loads(out)["searched"] == MEMBERS
    status, out, _ = scene.verified_again
    assert (status, json.loads(out)["places"]) == (0, [])
    assert before.one("select body from mail_message where id = {}", place["id"]) == "<p>Vu avec […].</p>"


def test_the_other_contacts_and_what_hangs_on_them_are_untouched(scene):
    assert scene.digests == scene.digests_before


def test_no_name_is_said_and_a_second_run_finds_nothing_to_do(before, scene):
    said = "".join(part for each in (scene.applied, scene.found, scene.redacted) for part in each[1:])
    assert not any(each.first in said or each.last in said or each.email in said for each in before.people)
    status, out, _ = scene.applied_again
    assert (status, json.loads(out)["steps"]) == (0, [])


# Nothing is mailed to an address that nobody has called safe: the channel is for staff to choose.
KNOWN = """
select p.x_first_name, p.x_last_name, p.x_email, p.x_phone, p.x_language, coalesce(p.x_channel, '-'),
       c.name = p.x_name, coalesce(c.email, c.phone, c.comment, c.street, c.website, ''), c.active
  from x_mist_person p join res_partner c on c.id = p.x_contact_id where c.id = {}
"""
NOTED = """
select u.login, sum(j.x_count) from x_mist_reading j join res_users u on u.id = j.create_uid
 where j.x_command = 'mist shield apply' group by 1
"""


@pytest.mark.usefixtures("scene")
def test_a_shielded_contact_shows_a_code_and_the_register_knows_who_she_is(before):
    each = before.people[70]
    row = before.one(KNOWN, before.contact(each))
    assert row.split("|") == [each.first, each.last, each.email, each.phone, "fr", "-", "t", "", "t"]


def test_the_journal_notes_who_shielded_how_many_and_no_code_of_ours_stays_behind(before, scene):
    assert scene.noted == f"{before.sandbox.admin_login}|{MEMBERS - FEW + 1}"
    # Those that are deployed for good are the module's own.
    own = "select res_id from ir_model_data where module = 'mist_connector' and model = 'ir.actions.server'"
    left = f"select count(*) from ir_act_server where code like '%mist_work%' and id not in ({own})"  # noqa: S608 - ours
    assert before.query(left) == "0"


@pytest.mark.usefixtures("scene")
def test_what_is_not_certain_is_told_and_left(before, typed, listed):
    twins = {"email": "deux@exemple.invalid"}
    with closing(before.admin_of(before.database)) as crm:
        values = [
            {"name": "Jumelle Inventée", **twins},
            {"name": "Jumelle Imaginée", **twins},
            {"name": "Atelier Inventé", "is_company": True},
        ]
        one, other, company = crm.call("res.partner", "create", vals_list=values)
        [mine] = crm.call("res.users", "read", ids=[crm.uid()], fields=["partner_id"])
    account = mine["partner_id"][0]
    lines = ("deux@exemple.invalid;", "999999;", f"{company};", f"{account};", f"{one};P-0000-0000")
    path = listed(*lines, titles="Contact;Personne")
    _, out, _ = typed("find", "--list", path, "--tag", "Nulle part", "--json")
    said = json.loads(out)
    left = {each["contact"]: each["left"] for each in said["candidates"] if each["how"] == "file"}
    assert left == {company: "company", account: "account"}
    assert [(each["line"], each["reason"]) for each in said["problems"]] == [
        (2, "several_contacts"),
        (3, "no_contact"),
        (6, "unknown_person"),
        (0, "no_tag"),
    ]
    before.query(
        "insert into x_mist_person (x_name, x_first_name, x_last_name, x_email, x_guard) "
        "values ('P-0000-0001', 'Aînée', 'Inventée', 'deux@exemple.invalid', 'ok')"
    )
    _, out, _ = typed("find", "--json")
    by_mail = {
        each["contact"]: each["left"] for each in json.loads(out)["candidates"] if each["how"] == "mail"
    }
    assert by_mail == {one: "two_contacts", other: "two_contacts"}
    # Both are hers, an administrator says: one is linked, the other is put away.
    typed(
        "apply",
        "--yes",
        "--list",
        listed(f"{one};P-0000-0001", f"{other};P-0000-0001", titles="Contact;Personne"),
    )
    rows = before.one("select name, active from res_partner where id in ({}, {}) order by id", one, other)
    assert rows.splitlines() == ["P-0000-0001|t", "P-0000-0001|f"]


@pytest.mark.usefixtures("scene")
def test_split_names_are_shown_before_and_a_closed_portal_account_is_told_with_what_helps(before, typed):
    tag, title = "Annuaire inventé", {"name": "Portail Inventé"}
    with closing(before.admin_of(before.database)) as crm:
        [category] = crm.call("res.partner.category", "create", vals_list=[{"name": tag}])
        tagged = {"category_id": [[6, 0, [category]]]}
        values = [{"name": "Inventée-Double, Anne Prénommée", **tagged}, {**title, **tagged}]
        one, other = crm.call("res.partner", "create", vals_list=values)
        portal = [["module", "=", "base"], ["name", "=", "group_portal"]]
        [group] = crm.call("ir.model.data", "search_read", domain=portal, fields=["res_id"])
        account = {"login": "portail@exemple.invalid", "partner_id": other}
        account |= {"group_ids": [[6, 0, [group["res_id"]]]], "active": False}
        quiet = {"no_reset_password": True}
        [user] = crm.call("res.users", "create", vals_list=[account], context=quiet)
        _, out, _ = typed("find", "--tag", tag, "--names")
        assert re.search(r"Anne Prénommée +Inventée-Double +personne nouvelle", out)
        assert f"le contact n° {other}, c'est celui d'un ancien compte portail" in " ".join(out.split())
        assert f"Ensuite : mist shield apply --tag '{tag}'" in out
        crm.call("res.users", "unlink", ids=[user])  # as it says
    _, out, _ = typed("apply", "--tag", tag, "--yes")
    assert "Ensuite : mist shield" in out
    rows = before.one(
        "select x_first_name, x_last_name, c.name = p.x_name from x_mist_person p "
        "join res_partner c on c.id = p.x_contact_id where c.id in ({}, {}) order by c.id",
        one,
        other,
    )
    assert rows.splitlines() == ["Anne Prénommée|Inventée-Double|t", "Portail|Inventé|t"]
