"""What is held of a person: handed over by direction, erased on request, noted in a journal, never named."""

from __future__ import annotations

import json
import subprocess

import pytest

from mist_connector.errors import AccessRefused, MistError

from .conftest import CONNECTOR

DIRECTION = "direction@mist.example"
FILES = """
select count(*) from x_mist_file f join x_mist_person p on p.id = f.x_person_id where p.x_name = '{}'
"""
KEPT = """
select p.x_first_name, p.x_last_name, p.x_email, e.x_on is not null, e.x_ground
  from x_mist_person p join x_mist_exclusion e on e.x_person_id = p.id where p.x_name = '{}'
"""
EXCLUDED = "select p.x_name from x_mist_person p join x_mist_exclusion e on e.x_person_id = p.id limit 1"
WITH_FILE = """
select p.x_name from x_mist_person p join x_mist_file f on f.x_person_id = p.id
 where not exists (select 1 from x_mist_function n where n.x_person_id = p.id)
   and not exists (select 1 from x_mist_exclusion e where e.x_person_id = p.id)
   and not exists (select 1 from x_mist_mentoring m where m.x_mentor_id = p.id)
   and not exists (select 1 from x_mist_step s where s.x_met_id = p.id)
 order by p.id limit 1
"""


def _ask(association, sql):
    return association.sandbox.query(sql, name=association.database)


def _identity(association, code):
    columns = "x_first_name, x_last_name, coalesce(x_email, ''), x_contact_id"
    return _ask(association, f"select {columns} from x_mist_person where x_name = '{code}'").split("|")  # noqa: S608


def _dump(association):
    cluster = association.sandbox.cluster
    command = [str(cluster.programs / "pg_dump"), "--data-only", "-h", str(cluster.home), "-U", "odoo"]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [*command, association.database], capture_output=True, check=True, text=True, timeout=120
    )
    return done.stdout


def test_direction_writes_what_is_held_of_a_person_to_a_file_and_the_journal_tells(
    association, typed, tmp_path
):
    code = _ask(association, WITH_FILE)
    first, last, email, _ = _identity(association, code)
    others = _ask(association, f"select x_last_name from x_mist_person where x_last_name <> '{last}'")  # noqa: S608
    file = tmp_path / "remise" / "personne.txt"
    _, said = typed(DIRECTION, "privacy", "report", code, file, "--because", "demande écrite")
    text = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    assert {first, last, "CANARI"} <= set(text.replace("-", " ").split())
    assert email in text
    assert not any(f" {each}\n" in text for each in others.splitlines())
    assert not any(word in said for word in (first, last, email, "CANARI"))

    [noted] = json.loads(typed(DIRECTION, "journal", "--person", code, "--json")[1])
    assert (noted["account"], noted["command"]) == (DIRECTION, "mist privacy report")
    assert (noted["people"], noted["because"]) == ([code], "demande écrite")


def test_the_connector_and_staff_are_refused_and_a_file_asks_for_a_reason(association, typed, tmp_path):
    code, file = _ask(association, WITH_FILE), tmp_path / "x.txt"
    for login in (CONNECTOR, "equipe.1@mist.example"):
        with pytest.raises(AccessRefused):
            typed(login, "privacy", "report", code, file, "--because", "essai")
    with pytest.raises(MistError, match="raison"):
        typed(DIRECTION, "export", tmp_path / "out", "--only", "files")
    assert not file.exists()
    assert not (tmp_path / "out").exists()


def test_the_journal_grows_and_is_changed_by_nobody(association, typed, tmp_path):
    typed(CONNECTOR, "export", tmp_path / "out")
    direction, connector = association.door(DIRECTION), association.connector
    [row] = direction.call("x_mist_reading", "search_read", domain=[], fields=["x_command", "x_count"])
    assert row["x_command"].startswith("mist export people,")
    assert row["x_count"] == int(_ask(association, "select count(*) from x_mist_person"))
    staff = association.door("equipe.1@mist.example")
    for crm in (direction, connector, staff, association.admin):
        for method, arguments in (("write", {"vals": {"x_count": 0}}), ("unlink", {})):
            with pytest.raises(AccessRefused):
                crm.call("x_mist_reading", method, ids=[row["id"]], **arguments)
    for crm in (connector, staff, association.admin):
        with pytest.raises(AccessRefused):
            crm.call("x_mist_reading", "search_read", domain=[], fields=["x_command"])


def test_who_asks_to_be_erased_is_gone_from_the_whole_database(association, typed):
    admin, code = association.sandbox.admin_login, _ask(association, WITH_FILE)
    first, last, email, contact = _identity(association, code)
    body = f"<p>{first} {last}, {email}</p>"
    association.admin.call("res.partner", "message_post", ids=[int(contact)], body=body)
    street = "31 rue des Essais inventés"
    association.admin.call("res.partner", "write", ids=[int(contact)], vals={"street": street})
    under = {"name": "Sa voisine", "parent_id": int(contact), "street": street}
    [child] = association.admin.call("res.partner", "create", vals_list=[under])
    words = ("privacy", "erase", code, "--because", "sa demande", "--json")
    _, said = typed(admin, *words, "--dry-run")
    planned = json.loads(said)
    assert (planned["erased"], planned["stays"], planned["of_others"]) == (None, {}, {})
    assert planned["goes"]["signature"] >= 1
    # Whether she has a file is not for the technical administrator to know.
    assert "file" not in said
    assert _ask(association, FILES.format(code)) == "1"
    assert _ask(association, f"select count(*) from x_mist_person where x_name = '{code}'") == "1"  # noqa: S608

    status, said = typed(admin, *words, "--yes")
    erased = json.loads(said)["erased"]
    assert (status, erased["places"]) == (0, [])
    assert len(erased["receipt"]) == 32
    assert not any(word in said for word in (last, email))
    dump = _dump(association)
    assert f"{first} {last}" not in dump
    assert email not in dump
    assert street not in dump
    assert _ask(association, f"select name from res_partner where id = {child}") == "Sa voisine"  # noqa: S608
    assert _ask(association, f"select count(*) from res_partner where name = '{code}'") == "0"  # noqa: S608
    assert _ask(association, f"select count(*) from x_mist_person where x_name = '{code}'") == "0"  # noqa: S608
    assert _ask(association, FILES.format(code)) == "0"
    # Asked again, it tells that she was erased, what the search found then, and gives the receipt again.
    for asked in (words, (*words, "--yes")):
        status, said = typed(admin, *asked)
        told = json.loads(said)
        assert (status, told["already"], told["erased"]) == (0, True, erased)
    _, said = typed(admin, *words[:-1])
    assert f"{code} est déjà effacée, le " in said
    assert f"Reçu : {erased['receipt']}" in said
    with pytest.raises(MistError, match="Personne n'a le code"):
        typed(admin, "privacy", "erase", "P-0000-0000", *words[3:], "--yes")


REMINDED = """
select p.x_name from x_mist_person p join x_mist_reminder r on r.x_person_id = p.id
 where r.x_activity_id is not null
   and not exists (select 1 from x_mist_function n where n.x_person_id = p.id)
 order by p.id limit 1
"""
BELLS = """
select count(*), count(r.id) from mail_activity a left join x_mist_reminder r on r.x_activity_id = a.id
 where a.summary like 'MIST : à faire%'
"""


def test_what_somebody_was_told_to_do_about_her_goes_with_her_from_the_clock_too(association, typed):
    admin, code = association.sandbox.admin_login, _ask(association, REMINDED)
    bells, told = (int(count) for count in _ask(association, BELLS).split("|"))
    assert bells == told > 0
    _, said = typed(admin, "privacy", "erase", code, "--because", "sa demande", "--json", "--yes")
    assert json.loads(said)["goes"]["reminder"] >= 1
    left, still = (int(count) for count in _ask(association, BELLS).split("|"))
    assert (left, left < bells) == (still, True)
    assert json.loads(said)["erased"]["removed"]["mail.activity"] == bells - left


def test_an_exclusion_stays_without_identity_and_a_function_is_ended_first(association, typed):
    admin, code = association.sandbox.admin_login, _ask(association, EXCLUDED)
    first, last, *_ = _identity(association, code)
    words = ("privacy", "erase", code, "--because", "sa demande", "--json", "--yes")
    status, said = typed(admin, *words)
    assert (status, json.loads(said)["stays"]["exclusion"]) == (0, 1)
    kept = _ask(association, KEPT.format(code))
    assert kept == "[…]|[…]||t|"
    assert f"{first} {last}" not in _dump(association)
    again = json.loads(typed(admin, *words)[1])
    assert (again["already"], again["erased"]) == (True, json.loads(said)["erased"])
    assert association.plan().empty or all(change.code != code for change in association.plan().contacts)

    working = _ask(
        association,
        "select p.x_name from x_mist_person p join x_mist_function f on f.x_person_id = p.id "
        "where f.x_login = 'direction@mist.example'",
    )
    status, said = typed(admin, "privacy", "erase", working, "--because", "sa demande", "--json", "--yes")
    assert (status, json.loads(said)["erased"]) == (1, None)


@pytest.mark.usefixtures("association")
def test_who_left_long_ago_is_listed_by_code_and_no_time_is_invented(typed):
    with pytest.raises(MistError, match="Q25"):
        typed(CONNECTOR, "privacy", "review")
    status, said = typed(CONNECTOR, "privacy", "review", "--months", "4", "--json", "--detailed-exitcode")
    people = json.loads(said)["people"]
    assert status == 2
    assert people
    assert all(set(each) == {"person", "since"} for each in people)
