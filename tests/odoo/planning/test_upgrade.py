"""A register at work under older bylaws (an upgrade, or a backup that was restored): found, and put right."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.cli.main import mist
from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile, save_profile
from mist_connector.crm.secrets import keep_secret
from mist_connector.errors import RequestInvalid

# The data module that commit 5d4595b (30 November 2026) deployed on a bare CRM, as it was sent.
OLDER = Path(__file__).parent / "older" / "5d4595b.zip"
RUN, STAFF = "connecteur@mist.example", "equipe.inventee@mist.example"
GROUPS = ("base.group_user", "base.group_partner_manager", "mist_connector.group_connector")


@pytest.fixture
def older(sandbox, database, admin_of, tmp_path, monkeypatch):
    """A CRM in which the older bylaws are deployed and people are registered, with two profiles."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("MIST_SECRET", raising=False)
    with closing(admin_of(database)) as admin:
        module = {"module_file": base64.b64encode(OLDER.read_bytes()).decode()}
        wizard = admin.call("base.import.module", "create", vals_list=[module])
        admin.call("base.import.module", "import_module", ids=list(wizard))
        account = {"login": RUN, "name": RUN, "group_ids": [[6, 0, [ref(admin, name) for name in GROUPS]]]}
        admin.call("res.users", "create", vals_list=[account], context={"no_reset_password": True})
    for name, login in (("admin", sandbox.admin_login), ("default", RUN)):
        profile = Profile(url=sandbox.url, database=database, login=login, name=name, timeout=120)
        save_profile(keep_secret(profile, SecretStr(sandbox.api_key(login, name=database))))
    run = Profile(url=sandbox.url, database=database, login=RUN, timeout=120)
    with closing(connect(run, SecretStr(sandbox.api_key(RUN, name=database)))) as crm:
        registered(crm)
    return database


def ref(crm, name):
    module, name = name.split(".")
    domain = [["module", "=", module], ["name", "=", name], ["model", "=", "res.groups"]]
    [row] = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
    return row["res_id"]


def registered(crm):
    """Register a member, a candidate and a member of staff, as the account that runs could then."""
    names = [{"x_first_name": "Inventée", "x_last_name": f"N{number}"} for number in range(3)]
    people = crm.call("x_mist_person", "create", vals_list=names)
    came = {"x_applied_on": "2026-10-01", "x_attested_on": "2026-10-10"}
    crm.call("x_mist_person", "write", ids=people[:2], vals=came)
    signed = {"x_person_id": people[0], "x_on": "2026-11-02", "x_version": "1", "x_document": "bylaws"}
    signed |= {"x_values": True, "x_commitment": True}
    crm.call("x_mist_signature", "create", vals_list=[signed])
    # Its statuses were still written by the connector.
    for person, status in zip(people, ("member", "candidate"), strict=False):
        crm.call("x_mist_person", "write", ids=[person], vals={"x_status": status})
    function = {"x_person_id": people[2], "x_role": "staff", "x_since": "2026-11-02", "x_login": STAFF}
    crm.call("x_mist_function", "create", vals_list=[function])


def run(*words, stdin=None):
    return CliRunner().invoke(mist, words, input=stdin, standalone_mode=False)


def test_older_bylaws_are_told_apart_and_an_apply_keeps_everything_that_was_recorded(older, sandbox):
    ask = lambda sql: sandbox.query(sql, name=older)  # noqa: E731
    facts = (
        "select x_name, x_first_name, x_last_name, coalesce(x_status, '') from x_mist_person order by id",
        "select id, x_person_id, create_date from x_mist_signature order by id",
        "select id, x_person_id, x_login, x_since from x_mist_function order by id",
    )
    before = [ask(sql) for sql in facts]
    assert "member" in before[0]
    assert "mist plan, puis mist apply" in run("doctor", "--profile", "admin").output
    refused = run("sync", "--dry-run").exception
    assert isinstance(refused, RequestInvalid)
    assert "mist apply" in refused.todo
    assert run("plan", "--profile", "admin", "--brief", "--detailed-exitcode").return_value == 2
    applied = run("apply", "--profile", "admin", "--yes")
    assert applied.exception is None, applied.output
    assert run("plan", "--profile", "admin", "--detailed-exitcode").return_value == 0
    assert [ask(sql) for sql in facts] == before
    assert "✓ règles : Le CRM suit les règles du profil" in run("doctor", "--profile", "admin").output
    synced = run("sync", "--yes")
    assert synced.exception is None, synced.output
    assert f"mist start --invite {STAFF}" in synced.output
    left = json.loads(run("sync", "--dry-run", "--json").output)
    assert (left["statuses"], left["contacts"], left["accounts"]) == ([], [], [])
