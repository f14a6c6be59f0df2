"""What was recorded wrongly is put right: duplicates, exclusions, bad records; nothing else waits for it."""

from __future__ import annotations

import importlib
import importlib.metadata
from datetime import timedelta

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.blueprint.declaration import Operation
from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.errors import AccessRefused, CrmError, MistError, WriteRefused

PERSON, LIKENESS, EXCLUSION, WITHDRAWAL = (
    "x_mist_person",
    "x_mist_likeness",
    "x_mist_exclusion",
    "x_mist_withdrawal",
)
OWN = ("direction", "direction_apart")  # what direction does of others
SEALED = ("candidacy", "invitee")  # of an assembly that was held: a version of its minutes corrects them
CONNECTOR, DIRECTION, STAFF = "connecteur@mist.example", "direction@mist.example", "equipe.1@mist.example"


@pytest.fixture(scope="module")
def here(sandbox, loaded, association_of):
    """One copy of the example for the whole module: each test is about people of its own."""
    name = sandbox.clone("right", source=loaded)
    yield association_of(name)
    sandbox.drop(name)


@pytest.fixture(scope="module")
def direction(here):
    return here.door(DIRECTION)


@pytest.fixture(scope="module")
def staff(here):
    return here.door(STAFF)


def day(here, count=0):
    return (here.today() + timedelta(days=count)).isoformat()


def person(here, direction, first, last, **more):
    """Record a member."""
    signed = [[0, 0, {"x_document": "bylaws", "x_on": day(here, -90)}]]
    values = {"x_first_name": first, "x_last_name": last, "x_attested_on": day(here, -99)}
    values |= {"x_applied_on": day(here, -100), "x_signature_ids": signed} | more
    [row] = direction.call(PERSON, "create", vals_list=[values])
    return row


def value(crm, model, row, column):
    [found] = crm.call(model, "read", ids=[row], fields=[column])
    return found[column]


def alike(here):
    """Return the groups of codes that may be one person each, as the connector is told."""
    return here.sync().look(on=here.today()).verdicts


def groups(here):
    return [set(each.others) for each in alike(here).findings if each.check == "likely_same"]


def merged(here, crm, likeness):
    return crm.call(
        "ir.actions.server",
        "run",
        ids=[here.ref("mist_connector.action_merge_people")],
        context={"active_model": LIKENESS, "active_id": likeness, "active_ids": [likeness], "lang": "fr_FR"},
    )


def test_two_records_of_one_person_become_one_and_a_likeness_that_is_none_is_said_once(
    here, direction, staff
):
    kept = person(here, direction, "Capucine", "Inventée", x_phone="06 11 22 33 44")
    other = person(here, direction, "INVENTEE", "capucine", x_email="capucine@mist.invalid")
    ended = {"x_office": "roots", "x_since": day(here, -10)}
    extra = [
        ("x_mist_attendance", {"x_activity": "talk_group", "x_on": day(here, -5), "x_state": "present"}),
        ("x_mist_signature", {"x_document": "active_bylaws", "x_on": day(here, -60)}),
        ("x_mist_step", {"x_kind": "roots_meeting", "x_on": day(here, -50), "x_met_id": roots(here)}),
        ("x_mist_vote", {"x_outcome": "accepted", "x_on": day(here, -40)}),
        ("x_mist_mandate", ended),
    ]
    made = {
        model: direction.call(model, "create", vals_list=[{"x_person_id": other, **values}])[0]
        for model, values in extra
    }
    codes = {value(direction, PERSON, each, "x_name") for each in (kept, other)}
    assert codes in groups(here)
    [likeness] = direction.call(
        LIKENESS,
        "create",
        vals_list=[{"x_person_id": kept, "x_other_id": other, "x_verdict": "different"}],
    )
    assert codes not in groups(here)
    with pytest.raises(MistError, match="Une seule personne"):
        merged(here, direction, likeness)
    with pytest.raises(AccessRefused):
        staff.call(LIKENESS, "write", ids=[likeness], vals={"x_verdict": "same"})
    direction.call(LIKENESS, "write", ids=[likeness], vals={"x_verdict": "same"})
    with pytest.raises(AccessRefused):
        merged(here, staff, likeness)
    assert "garde tout" in merged(here, direction, likeness)["params"]["message"]
    assert value(direction, LIKENESS, likeness, "x_done_on") == day(here)
    assert value(direction, PERSON, kept, "x_status") == "active"
    assert value(direction, PERSON, kept, "x_email") == "capucine@mist.invalid"
    assert value(direction, PERSON, kept, "x_phone") == "06 11 22 33 44"
    assert value(direction, PERSON, other, "x_status") is False
    assert value(direction, PERSON, other, "x_last_name") == value(direction, PERSON, kept, "x_name")
    for model, row in made.items():
        assert value(direction, model, row, "x_person_id")[0] == kept, model
    # What was said of both is said once; what the CRM accepted is still accepted: a mandate can be ended.
    signed = [["x_person_id", "=", kept], ["x_document", "=", "bylaws"]]
    assert direction.call("x_mist_signature", "search_count", domain=signed) == 1
    direction.call("x_mist_vote", "unlink", ids=[made["x_mist_vote"]])
    direction.call("x_mist_mandate", "write", ids=[made["x_mist_mandate"]], vals={"x_until": day(here)})
    assert codes not in groups(here)
    assert here.plan().statuses == ()
    with pytest.raises(MistError, match="déjà réunies"):
        merged(here, direction, likeness)


def roots(here):
    """Return somebody who is of Roots today."""
    domain = [["x_office", "=", "roots"], ["x_until", "=", False]]
    rows = here.connector.call("x_mist_mandate", "search_read", domain=domain, fields=["x_person_id"])
    return rows[0]["x_person_id"][0]


def test_an_exclusion_is_withdrawn_by_direction_with_the_president_and_everything_is_as_before(
    here, direction
):
    who = person(here, direction, "Jonquille", "Inventée")
    [function] = direction.call("x_mist_function", "search", domain=[["x_login", "=", STAFF]])
    term = {"x_person_id": who, "x_function_id": function, "x_since": day(here, -30)}
    [accompaniment] = direction.call("x_mist_accompaniment", "create", vals_list=[term])
    [file] = direction.call("x_mist_file", "create", vals_list=[{"x_person_id": who, "x_state": "open"}])
    decided = {
        "x_person_id": who,
        "x_scope": "association",
        "x_on": day(here),
        "x_ground": "values",
        "x_heard_on": day(here, -1),
        "x_voted_on": day(here),
    }
    [exclusion] = direction.call(EXCLUSION, "create", vals_list=[decided])
    followed = ("excluded", "closed", day(here))

    def now():
        return (
            value(direction, PERSON, who, "x_status"),
            value(direction, "x_mist_file", file, "x_state"),
            value(direction, "x_mist_accompaniment", accompaniment, "x_ends"),
        )

    assert now() == followed
    note = {"x_exclusion_id": exclusion, "x_reason": "wrong_person"}
    agreed = {"x_president_id": roots(here), "x_agreed_on": day(here)}
    with pytest.raises(WriteRefused, match="X05"):
        direction.call(WITHDRAWAL, "create", vals_list=[note | agreed])
    direction.call(WITHDRAWAL, "create", vals_list=[note])
    assert now() == followed
    [mandate] = here.connector.call(
        "x_mist_mandate", "search_read", domain=[["x_office", "=", "president"]], fields=["x_person_id"]
    )
    agreed = {"x_president_id": mandate["x_person_id"][0], "x_agreed_on": day(here)}
    direction.call(WITHDRAWAL, "create", vals_list=[note | agreed])
    assert now() == ("member", "open", False)


def test_nobody_attests_signs_votes_or_excludes_for_her_own_record(here, direction, staff):
    [function] = direction.call("x_mist_function", "search", domain=[["x_login", "=", STAFF]])
    herself = value(direction, "x_mist_function", function, "x_person_id")[0]
    written = [
        ("x_mist_signature", {"x_document": "bylaws", "x_on": day(here)}),
        ("x_mist_vote", {"x_outcome": "refused", "x_on": day(here)}),
    ]
    for model, values in written:
        with pytest.raises(CrmError):
            staff.call(model, "create", vals_list=[{"x_person_id": herself, **values}])
    with pytest.raises(CrmError):
        staff.call(PERSON, "write", ids=[herself], vals={"x_attested_on": day(here)})
    [function] = direction.call("x_mist_function", "search", domain=[["x_login", "=", DIRECTION]])
    own = value(direction, "x_mist_function", function, "x_person_id")[0]
    values = {"x_person_id": own, "x_scope": "association", "x_on": day(here)}
    with pytest.raises(WriteRefused, match="une collègue"):
        direction.call(EXCLUSION, "create", vals_list=[values])


@pytest.fixture
def mist(here, tmp_path, monkeypatch):
    """A function that types a command as the connector; returns its exit code, what it says, its error."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    [entry] = importlib.metadata.entry_points(group="console_scripts", name="mist")
    group = importlib.import_module(entry.module).mist

    def type_(*words):
        key = SecretStr(here.sandbox.api_key(CONNECTOR, name=here.database))
        monkeypatch.setenv("MIST_SECRET", key.get_secret_value())
        save_profile(make_profile(url=here.sandbox.url, database=here.database, login=CONNECTOR))
        result = CliRunner().invoke(group, list(words), standalone_mode=False)
        if result.exception is not None and not isinstance(result.exception, MistError):
            raise result.exception
        return result.return_value or 0, result.output, result.exception

    return type_


def test_one_bad_record_is_named_by_both_commands_and_everybody_else_is_decided(here, direction, mist):
    bad = person(here, direction, "Verveine", "Inventée")
    good = person(here, direction, "Mélisse", "Inventée")
    code = value(direction, PERSON, bad, "x_name")
    wrong = f"UPDATE x_mist_signature SET x_on = '0206-11-02' WHERE x_person_id = {bad}"  # noqa: S608
    late = f"UPDATE x_mist_person SET x_status = 'candidate' WHERE id = {good}"  # noqa: S608
    here.sandbox.query(f"{wrong}; {late}", name=here.database)
    status, said, failed = mist("check")
    assert (status, failed) == (1, None)
    [row] = [line for line in said.splitlines() if "0206" in line or "02/11/206" in line][:1]
    assert code in row
    status, said, failed = mist("sync", "--yes")
    assert (status, failed) == (1, None), said
    assert value(direction, PERSON, good, "x_status") == "member"
    mended = f"UPDATE x_mist_signature SET x_on = '{day(here, -90)}' WHERE x_person_id = {bad}"  # noqa: S608
    here.sandbox.query(mended, name=here.database)
    assert mist("check")[0] == 0
    assert mist("sync", "--yes")[0] == 0


def test_where_direction_has_ended_contacts_return_to_their_codes_and_the_gap_is_a_finding(
    here, direction, mist
):
    who = person(here, direction, "Bleuet", "Inventé")
    mist("sync", "--yes")
    contact = value(here.connector, PERSON, who, "x_contact_id")[0]
    named = {"name": "Bleuet Inventé"}
    here.admin.call("res.partner", "write", ids=[contact], vals=named)
    ends = "UPDATE x_mist_function SET x_until = '2026-01-02' WHERE x_role = 'direction'"
    here.sandbox.query(ends, name=here.database)
    status, said, failed = mist("check")
    assert (status, failed) == (0, None)
    assert "direction" in said
    assert "G07" in said
    status, said, failed = mist("sync", "--yes")
    assert isinstance(failed, MistError)
    assert value(here.admin, "res.partner", contact, "name") == value(here.connector, PERSON, who, "x_name")
    here.sandbox.query(
        "UPDATE x_mist_function SET x_until = NULL WHERE x_role = 'direction'", name=here.database
    )


def test_direction_ends_every_term_at_once_fills_a_body_again_and_takes_back_each_fact(association):
    direction, today, tomorrow = association.door(DIRECTION), day(association), day(association, 1)
    blueprint = association.mappings.blueprint
    terms = ("mandate", "accompaniment", "workgroup", "mentoring", "pause", "consent", "agreement")
    for key in terms:
        model = blueprint.model(key).technical
        goes_on = ["&", ["x_since", "<=", today], "|", ["x_until", "=", False], ["x_until", ">", today]]
        rows = direction.call(model, "search", domain=goes_on)
        if rows:
            direction.call(model, "write", ids=rows, vals={"x_until": today})
        assert direction.call(model, "search_count", domain=goes_on) == 0, key
    active = direction.call(PERSON, "search", domain=[["x_status", "=", "active"]], limit=2)
    direction.call(PERSON, "write", ids=active, vals={"x_speaks_french": True})
    term = {"x_office": "delegate", "x_since": tomorrow, "x_until": day(association, 90)}
    chosen = {"x_chosen_on": today, "x_accepted_on": today}
    rows = [{"x_person_id": who, **term, **chosen} for who in active]
    assert len(direction.call("x_mist_mandate", "create", vals_list=rows)) == 2
    for model in blueprint.models:
        about = any(field.key == "person" for field in model.fields) and model.key not in SEALED
        deletes = any(
            Operation.DELETE in operations for lease, operations in model.access.items() if lease in OWN
        )
        found = direction.call(model.technical, "search", domain=[]) if about and deletes else []
        if found:
            direction.call(model.technical, "unlink", ids=found)
            assert direction.call(model.technical, "search_count", domain=[]) == 0, model.key
    left = direction.call(PERSON, "search_count", domain=[["x_status", "in", ["member", "active"]]])
    assert left == 0
