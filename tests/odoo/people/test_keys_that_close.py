"""Keys that close what others open, at the next call and by every way: a seat on the board, an exclusion."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile, TransportName
from mist_connector.errors import AccessRefused, WriteRefused
from mist_connector.proof.doors import Web

LOGIN = "equipe.1@mist.example"
FILE, MANDATE, EXCEPTION = "x_mist_file", "x_mist_mandate", "x_mist_exception"


@pytest.fixture(scope="module")
def here(sandbox, loaded, association_of):
    name = sandbox.clone("closing", source=loaded)
    yield association_of(name)
    sandbox.drop(name)


@pytest.fixture(scope="module")
def direction(here):
    return here.door("direction@mist.example")


@pytest.fixture(scope="module")
def files(here):
    """A function that counts the files of a member of staff, who must be told the same by every way."""
    key = SecretStr(here.sandbox.api_key(LOGIN, name=here.database))
    profile = Profile(url=here.sandbox.url, database=here.database, login=LOGIN, timeout=60)
    ids = here.admin.call("res.users", "search", domain=[["login", "=", LOGIN]])
    here.admin.call("res.users", "write", ids=ids, vals={"password": key.get_secret_value()})
    with ExitStack() as doors:
        ways = [doors.enter_context(closing(connect(profile, key, transport=way))) for way in TransportName]
        web = doors.enter_context(closing(Web(profile)))
        web.log_in(LOGIN, key)
        assert web.open

        def count():
            counts = {crm.call(FILE, "search_count", domain=[]) for crm in ways}
            counts.add(json.loads(web.call(FILE, "search_count", []))["result"])
            [same] = counts
            return same

        yield count


def day(here, count=0):
    return (here.today() + timedelta(days=count)).isoformat()


@pytest.fixture(scope="module")
def herself(direction):
    domain = [["x_login", "=", LOGIN]]
    [row] = direction.call("x_mist_function", "search_read", domain=domain, fields=["x_person_id"])
    return row["x_person_id"][0]


def seat(here, herself, until):
    """Seat her on the board behind the CRM's back, where no assembly elected her."""
    columns = "x_name, x_person_id, x_office, x_since, x_until, x_association_id, create_date"
    association = "(SELECT id FROM x_mist_association LIMIT 1)"
    values = f"'M-0000-00{abs(until):02}', {herself}, 'board', '{day(here, -30)}', '{day(here, until)}'"
    here.sandbox.query(
        f"INSERT INTO {MANDATE} ({columns}) VALUES ({values}, {association}, now())",  # noqa: S608
        name=here.database,
    )


def test_a_seat_on_the_board_closes_files_until_direction_signs_an_exception_for_a_time(
    here, direction, files, herself
):
    held = files()
    assert held
    seat(here, herself, 30)
    assert files() == 0
    staff = here.door(LOGIN)
    granted = {"x_person_id": herself, "x_signed_on": day(here, -9), "x_since": day(here, -9)}
    with pytest.raises(AccessRefused):
        staff.call(EXCEPTION, "create", vals_list=[granted | {"x_until": day(here)}])
    mine = direction.call(MANDATE, "search", domain=[["x_person_id", "=", herself]])
    with pytest.raises(AccessRefused):
        staff.call(MANDATE, "write", ids=mine, vals={"x_until": day(here, -1)})
    [exception] = direction.call(EXCEPTION, "create", vals_list=[granted | {"x_until": day(here)}])
    assert files() == held
    direction.call(EXCEPTION, "write", ids=[exception], vals={"x_until": day(here, -1)})
    assert files() == 0
    direction.call(EXCEPTION, "write", ids=[exception], vals={"x_until": day(here, 5)})
    assert files() == held


def test_cover_opens_a_file_for_its_days_and_always_has_an_end(here, direction, files):
    before = files()
    domain = [["x_login", "=", LOGIN]]
    [function] = direction.call("x_mist_function", "search", domain=domain)
    taken = direction.call(FILE, "search_read", domain=[], fields=["x_person_id"])
    hers = {row["id"] for row in here.door(LOGIN).call(FILE, "search_read", domain=[], fields=["id"])}
    person = next(
        row["x_person_id"][0]
        for row in taken
        if row["id"] not in hers and not excluded(direction, row["x_person_id"][0])
    )
    cover = {"x_person_id": person, "x_function_id": function, "x_since": day(here, -3), "x_cover": True}
    with pytest.raises(WriteRefused):
        direction.call("x_mist_accompaniment", "create", vals_list=[cover])
    [made] = direction.call("x_mist_accompaniment", "create", vals_list=[cover | {"x_until": day(here)}])
    assert files() == before + 1
    direction.call("x_mist_accompaniment", "write", ids=[made], vals={"x_until": day(here, -1)})
    assert files() == before


def excluded(crm, person):
    return crm.call("x_mist_exclusion", "search_count", domain=[["x_person_id", "=", person]])


def test_an_exclusion_ends_accompaniments_and_closes_the_file_in_the_same_write(here, direction, files):
    before = files()
    [row] = here.door(LOGIN).call(FILE, "search_read", domain=[], fields=["x_person_id"], limit=1)
    person = row["x_person_id"][0]
    decision = {"x_person_id": person, "x_scope": "association", "x_on": day(here)}
    direction.call("x_mist_exclusion", "create", vals_list=[decision])
    assert files() == before - 1
    # The planned end stays as it was written; the last day is the CRM's own.
    domain = [["x_person_id", "=", person], ["x_ends", "=", False]]
    assert direction.call("x_mist_accompaniment", "search_count", domain=domain) == 0
    [held] = direction.call(FILE, "search_read", domain=[["id", "=", row["id"]]], fields=["x_state"])
    assert held["x_state"] == "closed"


def test_an_agreement_is_for_twelve_months_at_most(here, direction, herself):
    signed = {"x_person_id": herself, "x_since": day(here), "x_until": day(here, 500)}
    with pytest.raises(WriteRefused, match="C08"):
        direction.call("x_mist_agreement", "create", vals_list=[signed])
