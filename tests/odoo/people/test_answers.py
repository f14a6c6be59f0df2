"""What a sync and the commands make of the register where a question is answered otherwise."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.sync_limits import Names
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import with_settings
from mist_connector.errors import MistError
from mist_connector.planning.people import AccountAct, ContactAct
from mist_connector.planning.plan import build_plan
from mist_connector.privacy.shielding import Shield
from mist_connector.reporting import Silent
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe
from mist_connector.work.people.facts_reading import read_facts


def answer(association, *said):
    """Have an association answer a question, and its CRM follow."""
    settings = [f"decisions.{each}" for each in said]
    association.mappings = declare(with_settings(load_sources(None), settings))
    blueprint = association.mappings.blueprint
    desired, depends = compile_blueprint(blueprint), blueprint.frame.depends
    plan = build_plan(desired, observe(association.admin, desired=desired, depends=depends))
    assert plan.empty or deploy(association.admin, plan, Manifest("MIST", "0.0", depends)).empty
    return plan


def _accounts(association):
    """Return the name of each account that a function was given, and the code of whose it is."""
    held = association.connector.call(
        "x_mist_function",
        "search_read",
        domain=[["x_user_id", "!=", False]],
        fields=["x_user_id", "x_person_id"],
    )
    return {row["x_user_id"][1]: row["x_person_id"][1] for row in held}


def test_where_a_code_always_stands_neither_contacts_nor_accounts_show_a_name(association):
    before = _accounts(association)
    assert all(name != code for name, code in before.items())
    answer(association, "Q27.answer=code_always")
    plan = association.plan()
    assert {change.act for change in plan.contacts} == {ContactAct.SCRUB}
    assert {change.act for change in plan.accounts} == {AccountAct.RENAME}
    assert not any(name in repr(plan) for name in before if "@" not in name)
    found = association.sync().crm_findings(association.sync().look(on=association.today()))
    assert {"account_shows_name", "contact_shows_too_much"} <= {each.check for each in found}
    association.synced()
    assert association.plan().empty
    after = _accounts(association)
    assert after
    assert all(name == code for name, code in after.items())
    people = association.connector.call(
        "x_mist_person", "search_read", domain=[], fields=["x_name", "x_contact_id"]
    )
    assert all(row["x_contact_id"][1] == row["x_name"] for row in people)


def test_a_name_on_a_contact_is_looked_for_and_told_where_a_code_always_stands(association):
    domain = [["x_function_ids", "=", False], ["x_consent_ids", "=", False], ["x_contact_id", "!=", False]]
    fields = ["x_name", "x_contact_id"]
    person = association.connector.call(
        "x_mist_person", "search_read", domain=domain, fields=fields, limit=1
    )[0]
    today = association.today().isoformat()
    consent = {"x_person_id": person["id"], "x_since": today, "x_until": "2099-01-01", "x_limits": "full"}
    association.door("direction@mist.example").call("x_mist_consent", "create", vals_list=[consent])
    association.synced()
    mappings = association.mappings

    def found(limits):
        with Shield.opened(association.admin, mappings.shield, limits, mappings.blueprint) as shield:
            searched = shield.verify([person["x_name"]], Silent())
        return {(place.model, place.id) for place in searched.places}

    contact = ("res.partner", person["x_contact_id"][0])
    assert contact not in found(mappings.sync)
    assert contact in found(mappings.sync.model_copy(update={"names": Names.NEVER}))


def test_an_account_that_is_opened_where_a_code_always_stands_never_shows_its_login(association):
    answer(association, "Q27.answer=code_always")
    association.synced()
    [person] = association.connector.call(
        "x_mist_person", "search", domain=[["x_function_ids", "=", False]], limit=1
    )
    association.give(person, "nouvelle@mist.example")
    [change] = association.synced().accounts
    assert (change.act, change.coded) == (AccountAct.OPEN, True)
    assert association.plan().empty
    [account] = association.admin.call(
        "res.users", "search_read", domain=[["login", "=", "nouvelle@mist.example"]], fields=["name"]
    )
    assert account["name"] in _accounts(association).values()


def _with_months(folder, months):
    """Write mappings in which data are kept for so many months; return their folder."""
    copied = Path(shutil.copytree(str(files("mist_connector.mappings")), folder / "regles"))
    file = copied / "decisions.yaml"
    text = file.read_text(encoding="utf-8")
    before, after = "answer: on_request_only\n    numbers: {months: null}", f"numbers: {{months: {months}}}"
    assert text.count(before) == 1
    file.write_text(text.replace(before, f"answer: after_a_time\n    {after}"), encoding="utf-8")
    return copied


def _due(association, folder):
    """Return the codes of those of whom the engine finds that their data are kept for too long."""
    provisions = declare(load_sources(folder)).provisions
    people = [each.facts for each in read_facts(association.connector, association.mappings.blueprint).people]
    found = decide_all(people, provisions, on=association.today()).findings
    return sorted(each.code for each in found if each.check == "data_to_erase")


def test_whose_time_is_over_is_erased_once_somebody_says_yes_and_nobody_else(
    association, typed, tmp_path, monkeypatch
):
    monkeypatch.setenv("MIST_ALLOW_OTHER_MAPPINGS", "1")  # an answer that is not deployed
    admin, folder = association.sandbox.admin_login, _with_months(tmp_path, 4)
    because = ("privacy", "erase", "--due", "--because", "le temps est passé")
    with pytest.raises(MistError, match="Q25"):
        typed(admin, *because)
    with pytest.raises(MistError, match="Dites qui"):
        typed(admin, "privacy", "erase", "P-0000-0001", *because[2:])
    due = _due(association, folder)
    everybody = association.plan().codes
    assert due
    words = (*because, "--json", "--mappings", folder)
    _, said = typed(admin, *words, "--dry-run")
    planned = json.loads(said)["people"]
    assert [each["person"] for each in planned] == due
    assert all(each["erased"] is None for each in planned)
    assert association.plan().codes == everybody
    status, said = typed(admin, *words, "--yes")
    erased = json.loads(said)["people"]
    named = [each["person"] for each in erased if each["erased"]["places"]]
    assert (status, [each["person"] for each in erased]) == (2 if named else 0, due)
    assert _due(association, folder) == []
    left = association.plan().codes
    assert everybody - left <= set(due)
    assert {
        each["person"] for each in erased if not each["stays"] and not each["of_others"]
    } == everybody - left
    # Run again, it tells what it found done, with the receipts of then; for another reason, nothing.
    for _ in range(2):
        status, said = typed(admin, *words, "--yes")
        again = json.loads(said)
        assert (status, again["people"]) == (2 if named else 0, [])
        told = {each["person"]: each["erased"] for each in again["already"]}
        assert told == {each["person"]: each["erased"] for each in erased}
        assert all(each["receipt"] for each in told.values())
    shown = typed(admin, *because, "--mappings", folder, "--yes")[1]
    assert all(f"{code} est déjà effacée" in shown for code in due)
    assert "Rien de plus n'a été effacé" in shown
    other = (*because[:-1], "une autre raison", "--json", "--mappings", folder, "--yes")
    assert json.loads(typed(admin, *other)[1]) == {"people": [], "already": []}
