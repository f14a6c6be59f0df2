"""The commands as a person types them, with their exit codes, and never a name on the screen."""

from __future__ import annotations

import importlib.metadata
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.errors import DeclarationError, MistError, PlanRefused

from .conftest import CONNECTOR, FOLDER


@pytest.fixture
def mist(association, tmp_path, monkeypatch):
    """A function that runs `mist` with the connector's profile; returns its output and exit code."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    secret = tmp_path / "key"
    secret.touch(mode=0o600)
    key = SecretStr(association.sandbox.api_key(CONNECTOR, name=association.database))
    secret.write_text(key.get_secret_value())
    profile = make_profile(url=association.sandbox.url, database=association.database, login=CONNECTOR)
    save_profile(profile.model_copy(update={"secret_file": str(secret)}))
    [entry] = importlib.metadata.entry_points(group="console_scripts", name="mist")
    group = importlib.import_module(entry.module).mist

    def run(*words, answer=None):
        result = CliRunner().invoke(group, list(words), input=answer, standalone_mode=False)
        if isinstance(result.exception, MistError):
            raise result.exception
        assert result.exception is None, result.exception
        return result.output, result.return_value

    return run


@pytest.fixture
def names(association):
    rows = association.connector.call(
        "x_mist_person", "search_read", domain=[], fields=["x_first_name", "x_last_name", "x_email"]
    )
    return {value for row in rows for key, value in row.items() if key != "id" and value}


def _leave(association, count):
    members = association.connector.call(
        "x_mist_person", "search", domain=[["x_status", "=", "member"]], limit=count
    )
    values = {"x_scope": "association", "x_on": association.today().isoformat()}
    departures = [{**values, "x_person_id": person} for person in members]
    association.connector.call("x_mist_departure", "create", vals_list=departures)
    # As if the CRM had not set the status by itself.
    ids = ", ".join(map(str, members))
    association.sandbox.query(
        f"update x_mist_person set x_status = 'member' where id in ({ids})",  # noqa: S608 - our own numbers
        name=association.database,
    )
    return members


def test_the_last_direction_is_not_closed_without_a_word(mist, association):
    [function] = association.connector.call(
        "x_mist_function", "search", domain=[["x_login", "=", "direction@mist.example"]]
    )
    # Nobody ends her own function: the account that installs does, with a file (see test_functions).
    ended = f"update x_mist_function set x_until = current_date - 1 where id = {function}"  # noqa: S608
    association.sandbox.query(ended, name=association.database)
    with pytest.raises(PlanRefused, match="aucun compte pour cette fonction : direction"):
        mist("sync", "--yes")
    told = json.loads(mist("sync", "--dry-run", "--json")[0])
    assert [(each["login"], each["last"]) for each in told["accounts"]] == [
        ("direction@mist.example", ["direction"])
    ]
    mist("sync", "--yes", "--force", "last-account")
    assert association.plan().accounts == ()


def test_check_tells_what_only_the_crm_knows_by_code_and_login_and_never_an_address(mist, association):
    crm, admin, query = association.connector, association.admin, association.sandbox.query
    domain = [["x_function_ids", "=", False], ["x_email", "!=", False]]
    first, second, shown = crm.call(
        "x_mist_person", "search_read", domain=domain, fields=["x_name", "x_email", "x_contact_id"], limit=3
    )
    crm.call("x_mist_person", "write", ids=[second["id"]], vals={"x_email": first["x_email"].upper()})
    admin.call("res.partner", "write", ids=[shown["x_contact_id"][0]], vals={"phone": "00 00 00 00"})
    account = "select u.id from res_users u where login = 'equipe.1@mist.example'"
    direction = association.ref("mist_connector.group_direction")
    vals = {"user_ids": [[4, int(query(account, name=association.database))]]}
    admin.call("res.groups", "write", ids=[direction], vals=vals)
    [function] = crm.call("x_mist_function", "search", domain=[["x_login", "=", "equipe.2@mist.example"]])
    association.end(function, association.today() - timedelta(days=1))
    query("update x_mist_reminder set x_due = current_date - 3", name=association.database)
    output = mist("check", "--json")[0]
    found = {}
    for each in json.loads(output)["findings"]:
        found.setdefault(each["check"], []).append(each)
    assert [each["others"] for each in found["same_address"]] == [sorted([first["x_name"], second["x_name"]])]
    # Hers whose function ended shows a name still, and the one that was changed by hand.
    [contact] = [each for each in found["contact_shows_too_much"] if "name" not in each["fr"]]
    assert len(found["contact_shows_too_much"]) == 2
    assert (contact["person"], contact["rule"], contact["severity"]) == (shown["x_name"], "C02", "error")
    assert "phone" in contact["fr"]
    [by_hand] = found["group_by_hand"]
    assert "equipe.1@mist.example" in by_hand["fr"]
    assert ["equipe.2@mist.example" in each["fr"] for each in found["account_without_function"]] == [True]
    open_ones = crm.call("x_mist_reminder", "search_count", domain=[["x_state", "=", "open"]])
    [overdue] = found["reminder_overdue"]  # one line for all of them
    assert open_ones > 0
    assert f": {open_ones}," in overdue["en"]
    assert first["x_email"].lower() not in output.lower()
    assert "00 00 00 00" not in output


def test_since_a_day_only_those_are_looked_at_of_whom_a_fact_was_noted(mist, association):
    query, database = association.sandbox.query, association.database
    [member, other] = association.connector.call(
        "x_mist_person", "search_read", domain=[["x_status", "=", "member"]], fields=["x_name"], limit=2
    )
    ids = f"({member['id']}, {other['id']})"
    tables = query("select tablename from pg_tables where tablename like 'x_mist_%'", name=database).split()
    # As if all of it had been noted long ago, and one fact just now.
    for table in tables:
        query(f"update {table} set write_date = '2020-01-01'", name=database)  # noqa: S608 - our own tables
    query(f"update x_mist_person set x_status = null where id in {ids}", name=database)  # noqa: S608
    values = {"x_person_id": member["id"], "x_kind": "team_meeting", "x_on": "2026-01-01"}
    association.connector.call("x_mist_step", "create", vals_list=[values])
    today = association.today().isoformat()
    told = json.loads(mist("sync", "--dry-run", "--json", "--since", today)[0])
    assert [each["code"] for each in told["statuses"]] == [member["x_name"]]
    everybody = json.loads(mist("sync", "--dry-run", "--json")[0])
    codes = {each["code"] for each in everybody["statuses"]}
    assert codes == {member["x_name"], other["x_name"]}


def test_check_tells_findings_by_code_and_the_open_decisions(mist, names):
    output, status = mist("check", "--json", "--detailed-exitcode")
    told = json.loads(output)
    assert status == 2
    rules = {(each["severity"], each["rule"]) for each in told["findings"]}
    assert {("error", "C08"), ("reminder", "C08"), ("reminder", "SP12"), ("reminder", "G09")} <= rules
    assert "Q01" in told["open_decisions"]
    assert not any(name in output for name in names if len(name) > 3)


def test_explain_tells_why_and_what_is_missing(mist, association):
    [provisional] = association.connector.call(
        "x_mist_person", "search_read", domain=[["x_status", "=", "provisional"]], fields=["x_name"], limit=1
    )
    told = json.loads(mist("explain", provisional["x_name"], "--json")[0])
    assert told["status"] == "provisional"
    assert told["next"] == "active"
    [active] = [claim for claim in told["claims"] if claim["status"] == "active"]
    assert [each["rule"] for each in active["missing"]] == ["A05"]
    long_ago = json.loads(mist("explain", provisional["x_name"], "--on", "2000-01-01", "--json")[0])
    assert long_ago["status"] is None


def test_explain_tells_of_a_rule_without_any_crm_and_suggests_where_there_is_none(mist):
    output, _ = mist("explain", "x05")
    assert "X05" in output
    with pytest.raises(MistError, match="Z99"):
        mist("explain", "Z99")
    with pytest.raises(MistError, match="P-FFFF-FFFF"):
        mist("explain", "P-FFFF-FFFF")


def test_explain_tells_who_may_read_what_about_a_person_and_why(mist, association, names):
    [active, *_] = association.connector.call(
        "x_mist_person", "search_read", domain=[["x_status", "=", "active"]], fields=["x_name"]
    )
    told = json.loads(mist("explain", active["x_name"], "--json")[0])
    read = {(each["tier"], each["rule"]) for each in told["readable_by"]}
    assert ("register", "C07") in read
    assert all(each["reasons"] or each["rule"] == "C02" for each in told["readable_by"])
    output, _ = mist("explain", active["x_name"])
    assert "Qui peut lire quoi sur elle" in output
    assert "« Confidentialité »" in output
    assert not any(name in output for name in names if len(name) > 3)


def test_explain_tells_whom_a_rule_concerns_where_a_profile_is_given(mist):
    told = json.loads(mist("explain", "C08", "--profile", "default", "--json")[0])
    assert told["concerned"]
    assert all(each["person"].startswith("P-") for each in told["concerned"])
    assert "function_without_agreement" in told["sentences"]
    assert [each["id"] for each in told["open_decisions"]] == ["Q14"]
    assert "concerned" not in json.loads(mist("explain", "C08", "--json")[0])


def test_the_agenda_tells_what_comes_in_the_order_of_days(mist, names):
    output, status = mist("agenda", "--days", "120", "--json", "--detailed-exitcode")
    told = json.loads(output)
    assert status == 2
    assert [each["day"] for each in told] == sorted(each["day"] for each in told)
    assert {"end", "body"} <= {each["kind"] for each in told}
    assert all(each["rule"] for each in told)
    assert not any(name in output for name in names if len(name) > 3)
    shorter = json.loads(mist("agenda", "--days", "1", "--json")[0])
    assert len(shorter) < len(told)
    assert any("mandat" in each["fr"] for each in told if each["kind"] == "end")


def test_check_tells_on_which_day_a_body_will_break(mist):
    told = json.loads(mist("check", "--json")[0])
    assert {(each["rule"], each["kind"]) for each in told["coming"]} >= {("SP04", "body")}
    assert all(each["day"] > told["coming"][0]["day"] or each["because"] for each in told["coming"])
    assert "Si rien ne change d'ici là" in mist("check")[0]


def test_simulate_tells_what_other_bylaws_would_change_and_writes_nothing(mist, association, names):
    before = association.plan()
    words = ("--set", "mandate.months=1", "--set", "board.max=6", "--json", "--detailed-exitcode")
    output, status = mist("simulate", *words)
    told = json.loads(output)
    assert status == 2
    appearing = {(each["check"], each["rule"]) for each in told["findings"]["appearing"]}
    assert ("seats_exceeded", "G03") in appearing
    # A running mandate is judged by the number that was in force when it began.
    assert "mandate_too_long" not in {check for check, _ in appearing}
    assert told["statuses"] == []
    assert association.plan() == before
    output, _ = mist("simulate", "--set", "decisions.Q03.answer=active", "--json")
    shifts = json.loads(output)["statuses"]
    assert {(each["before"], each["after"]) for each in shifts} == {("provisional", "active")}
    output, _ = mist("simulate", "--set", "decisions.Q01.answer=active_members", "--json")
    assert json.loads(output)["voters"]["gained"]
    output, status = mist("simulate", "--set", "mandate.months=6", "--detailed-exitcode")
    assert "Rien ne changerait" in output
    assert status == 0
    assert not any(name in output for name in names if len(name) > 3)
    with pytest.raises(MistError, match="Rien à changer"):
        mist("simulate")


def test_a_dry_run_shows_and_writes_nothing(mist, association):
    _leave(association, 2)
    output, status = mist("sync", "--dry-run", "--json", "--detailed-exitcode")
    assert status == 2
    assert [(each["before"], each["after"]) for each in json.loads(output)["statuses"]] == [
        ("member", "left")
    ] * 2
    assert len(association.plan().statuses) == 2


def test_sync_asks_first_and_does_one_person_where_asked_to(mist, association):
    _leave(association, 2)
    output, _ = mist("sync", answer="n\n")
    assert "Rien n'a été écrit" in output
    code = association.plan().statuses[0].code
    mist("sync", "--yes", "--person", code)
    assert [change.code for change in association.plan().statuses] != [code]
    assert len(association.plan().statuses) == 1
    with pytest.raises(MistError, match="P-FFFF-FFFF"):
        mist("sync", "--yes", "--person", "P-FFFF-FFFF")


def test_json_never_asks(mist, association):
    _leave(association, 1)
    with pytest.raises(MistError, match="rien n'est demandé"):
        mist("sync", "--json")


def test_a_change_of_a_third_of_all_people_is_refused_unless_named(mist, association):
    _leave(association, 21)
    with pytest.raises(PlanRefused, match="21 personnes sur 62"):
        mist("sync", "--yes")
    mist("sync", "--yes", "--force", "share")
    assert association.plan().empty


def test_import_and_export_meet_in_the_middle(mist, tmp_path):
    out = tmp_path / "sortie"
    output, _ = mist("export", str(out))
    assert "chiffrés" in output
    told = json.loads(mist("import", str(out), "--json", "--dry-run")[0])
    assert all(not table["create"] and not table["update"] for table in told["tables"].values())
    # Functions open files: whoever installs, or direction, gives them, never the connector.
    assert set(told["tables"]) == {path.stem for path in out.iterdir()} - {"functions"}


def test_import_tells_every_mistake_before_it_writes_anything(mist, association, tmp_path):
    people = (FOLDER / "people.csv").read_text(encoding="utf-8")
    (tmp_path / "people.csv").write_text(people.replace("Courriel;", "Couriel;", 1), encoding="utf-8")
    (tmp_path / "mandates.csv").write_text(
        "Personne;Mandat;Du;Au\nP-0000-0000;Déléguée;2026-01-01;2026-02-01\n", encoding="utf-8"
    )
    with pytest.raises(DeclarationError) as refused:
        mist("import", str(tmp_path), "--yes")
    assert len(refused.value.problems) == 2
    assert association.plan().empty


def test_the_letter_to_a_person_says_who_reads_and_names_nobody(mist, association, names, tmp_path):
    today = association.today().isoformat()
    current = ["|", ["x_until", "=", False], ["x_until", ">=", today]]
    rows = association.connector.call(
        "x_mist_accompaniment", "search_read", domain=current, fields=["x_person_id"]
    )
    code = rows[0]["x_person_id"][1]
    file = tmp_path / "lettre.html"
    assert "Rien n'a été écrit" in mist("access", "letter", code, "--out", str(file), "--dry-run")[0]
    assert not file.exists()
    output, _ = mist("access", "letter", code, "--out", str(file), "--language", "fr")
    page = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert "La direction" in page
    assert not [name for name in (*names, code) if name in page or name in output]
    assert mist("access", "letter", code, "--out", str(tmp_path / "lettre.pdf"))[0]
    assert (tmp_path / "lettre.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(MistError, match="porte son code"):
        mist("access", "letter", code, "--out", str(tmp_path / f"{code}.pdf"))
