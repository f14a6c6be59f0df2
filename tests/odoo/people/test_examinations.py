"""Examinations: direction's alone, never whoever they are about, and no way to try whether there is one."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import timedelta
from string import ascii_lowercase

import pytest
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile, TransportName
from mist_connector.errors import AccessRefused, CrmError, WriteRefused
from mist_connector.reporting import Silent

EXAMINATION, PERSON, FUNCTION = "x_mist_investigation", "x_mist_person", "x_mist_function"
FRENCH = {"lang": "fr_FR"}


@pytest.fixture(scope="module")
def here(sandbox, loaded, association_of):
    """One copy of the example for the whole module: each test is about people of its own."""
    name = sandbox.clone("examinations", source=loaded)
    yield association_of(name)
    sandbox.drop(name)


@pytest.fixture(scope="module")
def direction(here):
    return here.door("direction@mist.example")


@pytest.fixture(scope="module")
def staff(here):
    return here.door("equipe.4@mist.example")


def day(here, count=0):
    return (here.today() + timedelta(days=count)).isoformat()


def applicant(here, crm):
    """Record somebody who lacks nothing but a signature to be a member, and resembles nobody."""
    drawn = "".join(secrets.choice(ascii_lowercase) for _ in range(12))
    names = {"x_first_name": "Essai", "x_last_name": f"Inventée {drawn}", "x_attested_on": day(here)}
    [person] = crm.call(PERSON, "create", vals_list=[names])
    return person


def signs(here, crm, person):
    """Record her signature; return her status, and what is missing for the next one."""
    signature = {"x_person_id": person, "x_document": "bylaws", "x_on": day(here)}
    crm.call("x_mist_signature", "create", vals_list=[signature])
    return told(crm, person)


def told(crm, person):
    [row] = crm.call(PERSON, "read", ids=[person], fields=["x_status", "x_missing"], context=FRENCH)
    return row["x_status"], row["x_missing"]


def examine(here, crm, person, **values):
    opened = {"x_person_id": person, "x_kind": "trafficking", "x_on": day(here, -9)}
    return crm.call(EXAMINATION, "create", vals_list=[opened | values])[0]


def founded(here):
    days = {"x_examined_on": day(here, -5), "x_heard_on": day(here, -4), "x_concluded_on": day(here)}
    return {**days, "x_outcome": "founded"}


def own_function(crm):
    [row] = crm.call(FUNCTION, "search_read", domain=[["x_user_id", "=", crm.uid()]], fields=["x_person_id"])
    return row["id"], row["x_person_id"][0]


def test_what_staff_are_told_is_the_same_whatever_direction_waits_for(here, direction, staff):
    answers = set()
    for values in (founded(here), {"x_kind": "admission"}):
        person = applicant(here, staff)
        staff.call(PERSON, "write", ids=[person], vals={"x_applied_on": day(here)})
        examine(here, direction, person, **values)
        # As long as something else is missing, that alone is said.
        assert "M10" not in told(staff, person)[1]
        answers.add(signs(here, staff, person))
    [(status, sentence)] = answers
    assert status == "candidate"
    assert "M10)" in sentence
    assert "M05" not in sentence
    assert not {"traite", "examen", "enquête", "accus"} & set(sentence.lower().split())


def test_an_open_accusation_is_noticed_by_nobody(here, direction, staff):
    person = applicant(here, staff)
    examine(here, direction, person)
    assert signs(here, staff, person)[0] == "member"


def test_what_direction_concludes_is_followed_in_the_same_write(here, direction, staff):
    person = applicant(here, staff)
    examination = examine(here, direction, person, x_kind="admission")
    assert signs(here, staff, person)[0] is False
    concluded = {"x_concluded_on": day(here), "x_outcome": "unfounded"}
    direction.call(EXAMINATION, "write", ids=[examination], vals=concluded)
    assert told(staff, person)[0] == "member"


def test_a_form_that_is_filled_in_and_never_saved_tells_nothing(here, direction, staff):
    answers = []
    for barred in (True, False):
        person = applicant(here, staff)
        if barred:
            examine(here, direction, person, **founded(here))
        signs(here, staff, person)
        direction.call(PERSON, "write", ids=[person], vals={"x_attested_on": False})
        spec = {"x_status": {}}
        asked = {"values": {"x_status": "member"}, "field_names": ["x_status"], "fields_spec": spec}
        answers.append(staff.call(PERSON, "onchange", ids=[person], **asked))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("login", ["equipe.1", "equipe.4", "connecteur"])
def test_nobody_else_counts_finds_or_tries_them(here, direction, login):
    crm = here.connector if login == "connecteur" else here.door(f"{login}@mist.example")
    person = applicant(here, direction)
    number = examine(here, direction, person)
    for method, arguments in (
        ("search_count", {"domain": []}),
        ("read", {"ids": [number], "fields": ["x_name"]}),
        ("read", {"ids": [number + 9999], "fields": ["x_name"]}),
        ("name_search", {"name": ""}),
        ("formatted_read_group", {"domain": [], "groupby": ["x_outcome"], "aggregates": ["__count"]}),
    ):
        with pytest.raises(AccessRefused):
            crm.call(EXAMINATION, method, **arguments)
    with pytest.raises(CrmError):
        crm.call(PERSON, "search_count", domain=[["x_investigation_ids", "!=", False]])


def test_an_exclusion_can_be_recorded_by_the_connector_whether_there_is_an_examination_or_not(
    here, direction
):
    for examined in (True, False):
        person = applicant(here, direction)
        if examined:
            examine(here, direction, person)
        decision = {"x_person_id": person, "x_scope": "association", "x_on": day(here)}
        assert here.connector.call("x_mist_exclusion", "create", vals_list=[decision])


def plant(here, person, **values):
    """Record an examination with all rights: as another direction would."""
    columns = {"x_person_id": person, "x_kind": "trafficking", "x_on": day(here, -9)} | values
    code = f"action = {{'id': env['{EXAMINATION}'].sudo().create({columns!r}).id}}"
    [model] = here.admin.call("ir.model", "search", domain=[["model", "=", EXAMINATION]])
    action = {"name": "Essai", "model_id": model, "state": "code", "code": code}
    ids = here.admin.call("ir.actions.server", "create", vals_list=[action])
    made = here.admin.call("ir.actions.server", "run", ids=ids)["id"]
    here.admin.call("ir.actions.server", "unlink", ids=ids)
    return made


def test_whoever_of_direction_it_is_about_comes_to_it_by_no_way(here, direction):
    _, herself = own_function(direction)
    other = examine(here, direction, applicant(here, direction))
    before = direction.call(EXAMINATION, "search_count", domain=[])
    number = plant(here, herself, **founded(here))
    key = SecretStr(here.sandbox.api_key("direction@mist.example", name=here.database))
    for way in TransportName:
        profile = Profile(
            url=here.sandbox.url, database=here.database, login="direction@mist.example", timeout=60
        )
        with closing(connect(profile, key, transport=way)) as crm:
            assert crm.call(EXAMINATION, "search", domain=[["id", "in", [number, other]]]) == [other]
            assert crm.call(EXAMINATION, "search_count", domain=[]) == before
            for method, arguments in (
                ("read", {"fields": ["x_outcome"]}),
                ("write", {"vals": {"x_outcome": "unfounded"}}),
                ("unlink", {}),
            ):
                with pytest.raises(AccessRefused):
                    crm.call(EXAMINATION, method, ids=[number], **arguments)


def test_she_cannot_slip_out_of_being_the_one_concerned(here, direction):
    function, herself = own_function(direction)
    somebody = applicant(here, direction)
    user = direction.uid()
    alias = {"x_person_id": somebody, "x_role": "direction", "x_since": day(here)}
    agreement = {"x_person_id": somebody, "x_since": day(here), "x_until": day(here, 30)}
    direction.call("x_mist_agreement", "create", vals_list=[agreement])
    with pytest.raises(AccessRefused):
        direction.call(FUNCTION, "write", ids=[function], vals={"x_person_id": somebody})
    with pytest.raises(AccessRefused):
        direction.call(FUNCTION, "write", ids=[function], vals={"x_user_id": False})
    with pytest.raises((AccessRefused, WriteRefused)):
        direction.call(FUNCTION, "create", vals_list=[alias | {"x_user_id": user}])
    [made] = direction.call(FUNCTION, "create", vals_list=[alias])
    for values in ({"x_user_id": user}, {"x_login": "direction@mist.example"}):
        with pytest.raises(WriteRefused):
            direction.call(FUNCTION, "write", ids=[made], vals=values)
    with pytest.raises(AccessRefused):
        examine(here, direction, herself)


def test_sync_leaves_alone_whom_the_crm_refuses_brings_the_others_in_line_and_then_writes_nothing(
    here, direction, recording
):
    barred, welcome = applicant(here, direction), applicant(here, direction)
    examine(here, direction, barred, **founded(here))
    for person in (barred, welcome):
        signs(here, direction, person)
    # As if its day had come since.
    here.sandbox.query(f"update {PERSON} set x_status = null where id = {welcome}", name=here.database)  # noqa: S608
    [row] = direction.call(PERSON, "read", ids=[barred], fields=["x_name"])
    plan = here.synced()
    assert row["x_name"] in plan.refused
    assert row["x_name"] not in {change.code for change in plan.statuses}
    crm, before = recording(here.connector), here.versions()
    again = here.sync(crm).plan(on=here.today())
    here.sync(crm).apply(again, Silent())
    assert again.empty
    assert again.refused >= {row["x_name"]}
    # Trying runs in the CRM, which undoes it.
    assert not crm.writes
    assert here.versions() == before
    assert crm.requests_made <= 20
    rows = direction.call(PERSON, "read", ids=[barred, welcome], fields=["x_status"])
    assert {row["id"]: row["x_status"] for row in rows} == {barred: False, welcome: "member"}


@pytest.fixture(scope="module")
def excluded(here, direction):
    """Somebody whom direction excludes from the association, after she was recorded."""
    drawn = "".join(secrets.choice(ascii_lowercase) for _ in range(10))
    who = {
        "x_first_name": "Essai",
        "x_last_name": f"Écartée {drawn}",
        "x_email": f"essai.{drawn}@example.invalid",
        "x_phone": "01 99 00 47 11",
    }
    [person] = direction.call(PERSON, "create", vals_list=[who])
    decided = {"x_person_id": person, "x_scope": "association", "x_ground": "values", "x_on": day(here)}
    direction.call("x_mist_exclusion", "create", vals_list=[decided | {"x_heard_on": day(here, -5)}])
    return who


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(
            lambda who: {"x_first_name": who["x_last_name"], "x_last_name": "ESSAI"}, id="names turned"
        ),
        pytest.param(
            lambda who: {
                "x_first_name": "essai",
                "x_last_name": who["x_last_name"].replace("É", "E").upper(),
            },
            id="no accent",
        ),
        pytest.param(lambda who: {"x_email": who["x_email"].upper()}, id="e-mail"),
        pytest.param(lambda _who: {"x_phone": "+33 1.99.00.47.11"}, id="telephone"),
    ],
)
def test_whoever_resembles_somebody_excluded_waits_for_direction(here, direction, staff, excluded, again):
    person = applicant(here, staff)
    staff.call(PERSON, "write", ids=[person], vals={"x_applied_on": day(here), **again(excluded)})
    status, sentence = signs(here, staff, person)
    assert status != "member"
    assert "M10)" in sentence
    wanted = [["x_person_id", "=", person], ["x_kind", "=", "admission"]]
    [examination] = direction.call(EXAMINATION, "search", domain=wanted)
    concluded = {"x_concluded_on": day(here), "x_outcome": "unfounded"}
    direction.call(EXAMINATION, "write", ids=[examination], vals=concluded)
    assert told(staff, person)[0] == "member"


def test_whoever_resembles_nobody_excluded_waits_for_nobody(here, direction, staff, excluded):
    person = applicant(here, staff)
    staff.call(PERSON, "write", ids=[person], vals={"x_phone": "01 99 00 47 12"})
    assert excluded["x_phone"] != "01 99 00 47 12"
    assert direction.call(EXAMINATION, "search_count", domain=[["x_person_id", "=", person]]) == 0
    assert signs(here, staff, person)[0] == "member"
