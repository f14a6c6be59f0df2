"""A file opens to direction and to who accompanies the person, while all keys hold, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import AccessRefused, WriteRefused

CANARY = "CANARI-"
EVERYBODY = ("direction", "equipe.1", "equipe.2", "equipe.3", "equipe.4")


def _files(crm):
    return crm.call("x_mist_file", "search_read", domain=[], fields=["x_name", "x_person_id", "x_note"])


@pytest.fixture
def working(association):
    """A function from a short login to a connection of whoever holds that function."""
    return lambda login: association.door(f"{login}@mist.example")


def test_direction_reads_every_file(working):
    files = _files(working("direction"))
    assert len(files) == 14
    assert all(CANARY in each["x_note"] for each in files)


def test_staff_read_the_files_of_those_whom_they_accompany_today_and_no_other(association, working):
    direction = working("direction")
    today = association.today().isoformat()
    [function] = direction.call(
        "x_mist_function", "search", domain=[["x_login", "=", "equipe.1@mist.example"]]
    )
    lines = direction.call(
        "x_mist_accompaniment",
        "search_read",
        domain=[["x_function_id", "=", function], "|", ["x_until", "=", False], ["x_until", ">=", today]],
        fields=["x_person_id"],
    )
    accompanied = {line["x_person_id"][0] for line in lines}
    read = {each["x_person_id"][0] for each in _files(working("equipe.1"))}
    assert read == accompanied
    assert len(read) == 6


@pytest.mark.parametrize(
    ("login", "because"),
    [("equipe.2", "agreement lapsed"), ("equipe.3", "no agreement"), ("equipe.4", "accompanies nobody")],
)
def test_staff_who_lack_one_key_read_no_file(working, login, because):
    crm = working(login)
    assert _files(crm) == [], because
    ids = [each["id"] for each in _files(working("direction"))]
    for one in ids:
        with pytest.raises(AccessRefused):
            crm.call("x_mist_file", "read", ids=[one], fields=["x_note"])


def test_without_an_agreement_not_even_the_register_opens(working):
    for login in ("equipe.2", "equipe.3"):
        assert working(login).call("x_mist_person", "search_count", domain=[]) == 0
    assert working("equipe.4").call("x_mist_person", "search_count", domain=[]) == 62


def test_a_refusal_tells_the_bylaws_to_whoever_may_record_the_fact_and_to_nobody_else(working):
    fact = {"x_person_id": 9, "x_office": "roots", "x_since": "2020-01-01"}
    for login in ("equipe.2", "equipe.3"):
        with pytest.raises(AccessRefused) as refusal:
            working(login).call("x_mist_mandate", "create", vals_list=[fact])
        assert "R02" not in str(refusal.value)
    with pytest.raises(WriteRefused, match="R02"):
        working("equipe.4").call("x_mist_mandate", "create", vals_list=[fact])


@pytest.mark.parametrize("key", ["x_mist_accompaniment", "x_mist_agreement", "x_mist_function"])
def test_the_day_after_a_key_has_ended_the_file_is_closed_with_nothing_running(association, working, key):
    staff, direction = working("equipe.1"), working("direction")
    assert len(_files(staff)) == 6
    [function] = direction.call(
        "x_mist_function",
        "search_read",
        domain=[["x_login", "=", "equipe.1@mist.example"]],
        fields=["x_person_id"],
    )
    about = {
        "x_mist_accompaniment": ["x_function_id", "=", function["id"]],
        "x_mist_agreement": ["x_person_id", "=", function["x_person_id"][0]],
        "x_mist_function": ["id", "=", function["id"]],
    }
    # What an exclusion has ended is over already, and cannot be moved.
    current = ["|", ["x_until", "=", False], ["x_until", ">=", association.today().isoformat()]]
    ids = direction.call(key, "search", domain=[about[key], *current])
    yesterday = (association.today() - timedelta(days=1)).isoformat()
    direction.call(key, "write", ids=ids, vals={"x_until": yesterday})
    assert _files(staff) == []


def test_staff_cannot_give_themselves_a_key(association, working):
    crm = working("equipe.4")
    person = crm.call("x_mist_person", "search", domain=[], limit=1)[0]
    function = crm.call("x_mist_function", "search", domain=[["x_login", "=", "equipe.4@mist.example"]])[0]
    since = association.today().isoformat()
    wanted = {
        "x_mist_accompaniment": {"x_person_id": person, "x_function_id": function, "x_since": since},
        "x_mist_function": {"x_person_id": person, "x_role": "direction", "x_since": since},
        "x_mist_agreement": {"x_person_id": person, "x_since": since, "x_until": "2099-01-01"},
    }
    for model, values in wanted.items():
        with pytest.raises(AccessRefused):
            crm.call(model, "create", vals_list=[values])


def test_only_the_connector_may_have_accounts_aligned(association, working):
    action = find_server_action(association.connector, "x_mist_function", "align_accounts")
    for login in EVERYBODY:
        with pytest.raises(AccessRefused):
            find_server_action(working(login), "x_mist_function", "align_accounts")
        with pytest.raises(AccessRefused):
            working(login).call(
                "ir.actions.server", "run", ids=[action], context={"mist_accounts": [association.admin.uid()]}
            )


def _text_fields(association):
    """Return the stored text fields of every model, as the administrator sees them."""
    domain = [
        ["ttype", "in", ["char", "text", "html"]],
        ["store", "=", True],
        ["model_id.transient", "=", False],
    ]
    rows = association.admin.call("ir.model.fields", "search_read", domain=domain, fields=["model", "name"])
    models = {}
    for row in rows:
        models.setdefault(row["model"], []).append(row["name"])
    return models


def _holding_canaries(crm, models):
    """Return the models in which this account finds a canary, and how many it may search at all."""
    found, searched = set(), 0
    for model, names in models.items():
        terms = [[name, "like", CANARY] for name in names]
        domain = [*["|"] * (len(terms) - 1), *terms]
        try:
            count = crm.call(model, "search_count", domain=domain, context={"active_test": False})
        except Exception:  # noqa: BLE001, S112 - whatever this account may not search holds nothing for it
            continue
        searched += 1
        if count:
            found.add(model)
    return found, searched


def test_the_connector_finds_nothing_of_a_file_anywhere_and_direction_does(association, working):
    models = _text_fields(association)
    found, searched = _holding_canaries(association.connector, models)
    assert found == set()
    assert searched > 40
    found, _ = _holding_canaries(working("direction"), {"x_mist_file": ["x_note"]})
    assert found == {"x_mist_file"}


def test_the_connector_cannot_even_count_or_name_files(association, working):
    one = _files(working("direction"))[0]["id"]
    for method, arguments in (
        ("search_count", {"domain": []}),
        ("name_search", {"name": ""}),
        ("read_group", {"domain": [], "fields": ["x_name"], "groupby": ["x_state"]}),
    ):
        with pytest.raises(AccessRefused):
            association.connector.call("x_mist_file", method, **arguments)
    with pytest.raises(AccessRefused):
        association.connector.call("x_mist_file", "read", ids=[one], fields=["x_note"])
