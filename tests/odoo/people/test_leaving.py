"""What a leaving leaves: no account of ours, no name on a contact, no word of our models in any table."""

from __future__ import annotations

import json

import pytest

from .conftest import CONNECTOR

ADMINISTRATOR, CLERK, DIRECTION = "admin", "accueil@mist.example", "direction@mist.example"
NAME = "Inventée Nommée"
# Every column of the database in which one of our models is named, and in how many rows.
LEFTOVERS = """
do $$ declare found record; many bigint; begin
  create table if not exists leftovers (place text, many bigint);
  truncate leftovers;
  for found in
    select c.table_name t, c.column_name k from information_schema.columns c
      join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and c.table_name != 'leftovers'
       and c.data_type in ('text', 'character varying', 'jsonb')
  loop
    execute format('select count(*) from %I where %I::text like ''%%x\\_mist\\_%%''', found.t, found.k)
      into many;
    if many > 0 then insert into leftovers values (found.t || '.' || found.k, many); end if;
  end loop;
end $$;
"""


@pytest.fixture(scope="module")
def leaving(sandbox, loaded, association_of):
    """An association that has worked for a while: an older account, a named contact, a file, reminders."""
    database = sandbox.clone("leaving", source=loaded)
    association = association_of(database)
    admin = association.admin
    values = {"name": "Accueil", "login": CLERK}
    admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    person = int(sandbox.query("select min(id) from x_mist_person where x_status = 'member'", name=database))
    association.give(person, CLERK)
    association.synced()
    bell = {"user_id": admin.uid(), "summary": "Autre chose", "date_deadline": "2099-01-01"}
    admin.call("mail.activity", "create", vals_list=[bell])
    file = {"name": "carte.txt", "res_model": "x_mist_person", "res_id": person, "raw": "inventé"}
    association.door(DIRECTION).call("ir.attachment", "create", vals_list=[file])
    sandbox.query(
        f"update res_partner set name = '{NAME}' where id = (select x_contact_id from x_mist_person p "  # noqa: S608 - ours
        "where x_contact_id is not null and not exists "
        "(select from res_users u where u.partner_id = x_contact_id) order by id limit 1)",
        name=database,
    )
    yield association
    sandbox.drop(database)


@pytest.fixture
def ask(leaving):
    return lambda sql: leaving.sandbox.query(sql, name=leaving.database)


@pytest.fixture
def mist(leaving, typing_in):
    return lambda *words, **more: typing_in(leaving)(ADMINISTRATOR, *words, **more)


def test_a_leaving_is_told_before_and_leaves_nothing_of_ours_behind(ask, mist):
    contacts = "select string_agg(x_contact_id::text, ',') from x_mist_person where x_contact_id is not null"
    numbers = ask(contacts)
    bells = "select count(*) from mail_activity where summary like 'MIST%'"
    assert int(ask(bells)) > 0
    _, told = mist("destroy", "--dry-run")
    assert f"comptes du connecteur, fermés : {CONNECTOR}" in told
    assert f"comptes d'avant, gardés, sans droit de mist : {CLERK}" in told
    assert DIRECTION in told
    assert NAME not in told
    before = json.loads(mist("destroy", "--dry-run", "--json")[1])["leaving"]
    assert before["named"] >= 1
    assert ask(bells) != "0"  # a dry run changes nothing
    ask(LEFTOVERS)
    assert {"ir_attachment.res_model", "ir_model.model"} <= set(ask("select place from leftovers").split())
    code, told = mist("destroy", "--allow-data-loss", answer="y\n")
    assert code == 0
    assert "éléments retirés" in told
    active = ask(
        "select string_agg(login, ' ' order by login) from res_users where active and not share"
    ).split()
    assert CLERK in active
    assert not {CONNECTOR, DIRECTION, *before["made"]} & set(active)
    closed = (
        "select count(*) from res_users_apikeys k join res_users u on u.id = k.user_id where not u.active"
    )
    assert ask(closed) == "0"
    shown = ask(f"select count(*) from res_partner where id in ({numbers}) and name !~ '^P-[0-9A-F]{{4}}-'")  # noqa: S608
    accounts = ask(f"select count(*) from res_users where partner_id in ({numbers})")  # noqa: S608
    assert (shown, accounts) == ("0", "0")
    assert ask("select count(*) from mail_activity where summary = 'Autre chose'") == "1"
    assert ask(bells) == "0"
    ask(LEFTOVERS)
    assert ask("select place, many from leftovers") == ""
    assert "Rien à retirer" in mist("destroy", "--yes")[1]
