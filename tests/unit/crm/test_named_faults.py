"""Each fault by its own name: real servers, proxies and certificates on this machine."""

from __future__ import annotations

import datetime as dt
import json
import socket
import time
from contextlib import closing
from email.utils import format_datetime

import httpx
import pytest
from pydantic import SecretStr

from mist_connector.blueprint.today import day_there
from mist_connector.cli.declared_mappings import declared
from mist_connector.crm.connect import connect, told_of_clock
from mist_connector.crm.other_ways import suggesting
from mist_connector.crm.profiles import TransportName, make_profile
from mist_connector.crm.secrets import find_secret
from mist_connector.crm.today import today_of
from mist_connector.errors import (
    AuthenticationRefused,
    Busy,
    ConnectionRefused,
    CrmError,
    DatabaseUnknown,
    Interrupted,
    OutcomeUnknown,
)

from .servers import HTML, JSON, KEY, answering, answering_by_path, certificate, failure

pytestmark = pytest.mark.usefixtures("socket_enabled")  # loopback only

NOT_FOUND = (404, HTML, b"<h1>Not Found</h1>")
VERSION = (200, JSON, b'{"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}')
STOPPED = "connection to server on socket failed: No such file or directory"
UNKNOWN = 'connection to server failed: FATAL:  database "mist" does not exist'


def told(kind, message):
    """Return the answer of the older way to a login that failed."""
    error = {"code": 0, "message": "Odoo Server Error", "data": {"name": kind, "message": message}}
    return 200, JSON, json.dumps({"jsonrpc": "2.0", "id": 0, "error": error}).encode()


@pytest.mark.parametrize(
    ("said", "expected", "words"),
    [
        (told("psycopg2.OperationalError", STOPPED), Busy, "base de données du CRM ne répond pas"),
        (told("psycopg2.OperationalError", UNKNOWN), DatabaseUnknown, "ne connaît pas la base"),
        (NOT_FOUND, DatabaseUnknown, "ne connaît pas la base"),
    ],
    ids=["stopped", "unknown", "untold"],
)
def test_a_database_that_is_stopped_is_not_unknown_to_json2_either(said, expected, words, monkeypatch):
    monkeypatch.setattr("mist_connector.crm.transports.again._PATIENCE", 0.0)
    with answering_by_path({"/web/version": VERSION, "/jsonrpc": said}, NOT_FOUND) as url:
        error = failure(url, "json2")
    assert type(error) is expected
    assert words in error.what


def test_ctrl_c_while_the_crm_works_says_that_it_may_have_finished(monkeypatch):
    def interrupted(*_arguments, **_more):
        raise KeyboardInterrupt

    profile = make_profile(url="http://127.0.0.1:9", database="mist", login="admin")
    monkeypatch.setattr(httpx.Client, "send", interrupted)
    with closing(connect(profile, KEY, transport="json2")) as crm, pytest.raises(Interrupted) as caught:
        crm.call("res.partner", "create", vals_list=[{}])
    assert "a pu avoir lieu ou non" in caught.value.what


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_that_is_down_is_named_and_not_the_crm(variable, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv(variable, f"http://127.0.0.1:{listener.getsockname()[1]}")
    error = failure("https://crm.invalid", "json2")
    assert error.what.startswith("Le proxy de cette machine ne répond pas")
    assert "NO_PROXY" in error.todo


def test_a_socks_proxy_without_its_package_is_named(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    error = failure("https://crm.invalid", "json2")
    assert "pas d’une sorte connue" in error.what
    assert "socksio" in error.todo


def test_a_private_authority_without_key_identifiers_is_trusted_where_a_tunnel_ends(tmp_path, monkeypatch):
    path, tls = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with answering(200, JSON, b"[]", tls=tls) as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            assert crm.call("res.partner", "search", domain=[]) == []
    assert len(seen) == 1


@pytest.mark.parametrize("text", ["{} ", " {}\n", "{}\u00a0", "0123456789 {}"])
def test_a_key_that_was_pasted_with_blanks_is_the_key(text, monkeypatch):
    whole = KEY.get_secret_value()
    monkeypatch.setenv("MIST_SECRET", text.format(whole[10:] if text.startswith("0") else whole))
    profile = make_profile(url="http://127.0.0.1:9", database="mist", login="admin")
    assert find_secret(profile).get_secret_value() == whole


def test_a_password_keeps_its_blanks(monkeypatch):
    monkeypatch.setenv("MIST_SECRET", "quatre mots au hasard")
    profile = make_profile(url="http://127.0.0.1:9", database="mist", login="admin")
    assert find_secret(profile).get_secret_value() == "quatre mots au hasard"


@pytest.mark.parametrize(
    ("apart", "words"),
    [(dt.timedelta(days=2), "retarde de 2880 min"), (-dt.timedelta(hours=1), "avance de 60 min")],
)
def test_a_client_s_clock_that_is_off_is_told_and_today_is_the_crm_s(apart, words):
    there = dt.datetime.now(dt.UTC) + apart
    dated = {**JSON, "Date": format_datetime(there, usegmt=True)}
    with answering(200, dated, b"[]") as (url, _):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            assert told_of_clock(crm) == ""
            crm.call("res.partner", "search", domain=[])
            assert words in told_of_clock(crm)
            blueprint = declared().blueprint
            assert today_of(blueprint, crm) == day_there(there, blueprint)


def test_a_clock_that_is_right_is_not_told():
    with answering(200, JSON, b"[]") as (url, _):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            crm.call("res.partner", "search", domain=[])
            assert told_of_clock(crm) == ""


def test_a_host_that_finds_requests_too_many_is_asked_more_slowly(monkeypatch):
    monkeypatch.setattr("mist_connector.crm.transports.again._PATIENCE", 0.0)
    with answering(429, HTML, b"") as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            began = time.monotonic()
            for _ in range(3):
                with pytest.raises(Busy):
                    crm.call("res.partner", "search", domain=[])
    assert len(seen) == 3
    assert time.monotonic() - began >= 0.1 + 0.2


def login_at(user):
    return 200, JSON, json.dumps({"jsonrpc": "2.0", "id": 0, "result": user}).encode()


def test_a_way_that_the_host_shuts_is_told_with_one_that_works():
    with answering_by_path({"/web/version": VERSION, "/jsonrpc": login_at(7)}, NOT_FOUND) as url:
        for transport in (TransportName.JSON2, TransportName.XMLRPC):
            profile = make_profile(url=url, database="mist", login="admin", transport=transport)
            with (
                pytest.raises(CrmError) as caught,
                suggesting(profile, KEY),
                closing(connect(profile, KEY)) as crm,
            ):
                crm.uid()
            assert caught.value.todo.startswith("« mist init --transport jsonrpc »"), transport


@pytest.mark.parametrize("error", [AuthenticationRefused("clé"), OutcomeUnknown("coupée")])
def test_a_wrong_key_and_silence_are_tried_no_other_way(error):
    with answering(200, JSON, b"[]") as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin", transport="json2")
        with pytest.raises(CrmError), suggesting(profile, SecretStr("x")):
            raise error
    assert seen == []


def test_an_address_that_is_no_odoo_by_any_way_is_told_as_before():
    with answering(200, HTML, b"<h1>Bonjour</h1>") as (url, _):
        profile = make_profile(url=url, database="mist", login="admin", transport="xmlrpc")
        with (
            pytest.raises(ConnectionRefused) as caught,
            suggesting(profile, KEY),
            closing(connect(profile, KEY)) as crm,
        ):
            crm.uid()
    assert "--transport" not in caught.value.todo
