"""The clock passes midnight with nothing running: what has ended opens nothing at the very next call."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, time, timedelta

import pytest
from pydantic import SecretStr

from mist_connector.crm.profiles import Profile
from mist_connector.proof.doors import Web
from mist_connector.sandbox.clock import ZONE

STAFF = "equipe.1@mist.example"
PASSWORD = "midi-et-quart-en-ete"  # noqa: S105 - an invented account's
KEYS = ("x_mist_accompaniment", "x_mist_agreement", "x_mist_function")
# Half a day behind everybody, and half a day ahead.
BEHIND, AHEAD = "Etc/GMT+12", "Etc/GMT-14"


def paris(day, hour, minute):
    return datetime.combine(day, time(hour, minute), ZONE).isoformat()


@pytest.fixture
def last_day(association):
    """A day of next week, the same in every part of the world's reckoning that the tests use."""
    return association.today() + timedelta(days=7)


@pytest.fixture
def ends(association):
    """A function by which one of the keys of the staff's account ends on a day."""
    direction = association.door("direction@mist.example")
    [function] = direction.call(
        "x_mist_function", "search_read", domain=[["x_login", "=", STAFF]], fields=["x_person_id"]
    )
    about = {
        "x_mist_accompaniment": ["x_function_id", "=", function["id"]],
        "x_mist_agreement": ["x_person_id", "=", function["x_person_id"][0]],
        "x_mist_function": ["id", "=", function["id"]],
    }

    def end(model, **values):
        today = association.today().isoformat()
        in_force = ["|", ["x_until", "=", False], ["x_until", ">=", today]]
        rows = direction.call(
            model, "search_read", domain=[about[model], *in_force], fields=["x_since", "x_until"]
        )
        before = {row["id"]: {"x_since": row["x_since"], "x_until": row["x_until"]} for row in rows}
        direction.call(model, "write", ids=list(before), vals=values)
        return lambda: [direction.call(model, "write", ids=[row], vals=was) for row, was in before.items()]

    return end


@pytest.fixture
def ways(association, sandbox):
    """The staff's account, already logged in: with a key, and with a session of the web client."""
    direction = association.admin
    [user] = direction.call("res.users", "search", domain=[["login", "=", STAFF]])
    direction.call("res.users", "write", ids=[user], vals={"password": PASSWORD})
    crm = association.door(STAFF)
    web = Web(Profile(url=sandbox.url, database=association.database, login=STAFF, timeout=60))
    web.log_in(STAFF, SecretStr(PASSWORD))
    assert web.open
    with closing(web):

        def opened(**context):
            """Return how many files each way opens: the two must agree."""
            by_key = crm.call("x_mist_file", "search_count", domain=[], context=context)
            by_session = web.call("x_mist_file", "search_count", [], context=context)
            assert f'"result": {by_key}' in by_session
            return by_key

        yield opened


def test_what_ends_today_opens_until_midnight_in_paris_and_nothing_afterwards(clock, ways, ends, last_day):
    clock("real")  # from here on the server never restarts
    for key in KEYS:
        put_back = ends(key, x_until=last_day.isoformat())
        clock(paris(last_day, 23, 58))
        before = ways()
        clock(paris(last_day + timedelta(days=1), 0, 1))
        # Neither the account's own zone nor one that a request claims makes a day longer.
        after = {zone: ways(tz=zone) for zone in (BEHIND, "UTC", "Europe/Paris", AHEAD)} | {"": ways()}
        clock("real")
        put_back()
        assert before > 0, key
        assert after == dict.fromkeys(after, 0), key


def test_what_begins_tomorrow_opens_at_midnight_in_paris_and_not_before(clock, ways, ends, last_day):
    clock("real")
    later = last_day + timedelta(days=30)
    ends("x_mist_agreement", x_since=last_day.isoformat(), x_until=later.isoformat())
    clock(paris(last_day - timedelta(days=1), 23, 58))
    assert {ways(tz=zone) for zone in (BEHIND, "UTC", "Europe/Paris", AHEAD)} == {0}
    clock(paris(last_day, 0, 1))
    assert ways() > 0


def test_the_day_of_the_server_of_postgresql_and_of_a_fresh_clone_move_together(clock, sandbox, association):
    clock("+40d")
    moved = datetime.now(ZONE) + timedelta(days=40)
    [made] = association.admin.call("res.partner", "create", vals_list=[{"name": "Inventée"}])
    [row] = association.admin.call("res.partner", "read", ids=[made], fields=["create_date"])
    assert abs(datetime.fromisoformat(f"{row['create_date']}+00:00") - moved) < timedelta(minutes=2)
    clone = sandbox.clone("moved")
    assert sandbox.query("SELECT public.now()::date", name=clone) == f"{moved.astimezone().date()}"
    sandbox.drop(clone)


def test_what_is_recorded_just_after_midnight_counts_at_once(clock, association, last_day):
    clock("real")
    direction = association.door("direction@mist.example")
    domain = [["x_status", "=", "member"]]
    early, late = direction.call("x_mist_person", "search", domain=domain, limit=2)

    def leaves(person):
        values = {"x_person_id": person, "x_scope": "association", "x_on": last_day.isoformat()}
        direction.call("x_mist_departure", "create", vals_list=[values])
        [row] = direction.call("x_mist_person", "read", ids=[person], fields=["x_status"])
        return row["x_status"]

    clock(paris(last_day - timedelta(days=1), 23, 30))
    before = leaves(early)
    clock(paris(last_day, 0, 30))  # the day before, still, by the server's own reckoning
    after = leaves(late)
    assert (before, after) == ("member", "left")
