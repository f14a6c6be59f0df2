"""What goes wrong with a real CRM: each kind is one French sentence of ours, and nothing else leaks."""

from __future__ import annotations

import logging
import threading
import traceback
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.transports.json2 import Json2
from mist_connector.crm.transports.jsonrpc import JsonRpc
from mist_connector.errors import (
    AccessRefused,
    AuthenticationRefused,
    ConnectionRefused,
    CrmError,
    DatabaseUnknown,
    RequestInvalid,
    ServerFailed,
    WriteRefused,
)

from .conftest import WAYS, Door

CANARY = "Zénobie Canarivière"
SENTENCE = "Une personne exclue ne peut plus redevenir membre (essai)."


def told(caught, *secrets):
    """Return what a person could ever be shown of an error, after checking that it holds no secret."""
    error = caught.value
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.args) + error.todo
    assert error.__cause__ is None
    assert error.__context__ is None
    assert not any(secret in shown for secret in (*secrets, CANARY))
    assert "\n" not in error.what
    assert error.what.endswith(".") or isinstance(error, WriteRefused)  # that one is the CRM's sentence
    assert error.todo.endswith(".")
    return error.what


@pytest.fixture(scope="session")
def actions(admin):
    """Server actions that fail, and an automation that refuses, made once; the ids of the actions by name."""
    code = {
        "crash": "1 / 0",
        "sleep": "env.cr.execute('SELECT pg_sleep(8)')",
        "refuse": f"raise UserError({SENTENCE!r})",
    }
    with closing(admin.open()) as crm:
        [model] = crm.call("ir.model", "search", domain=[("model", "=", "res.partner.industry")])
        vals = [{"name": k, "model_id": model, "state": "code", "code": v} for k, v in code.items()]
        ids = dict(zip(code, crm.call("ir.actions.server", "create", vals_list=vals), strict=True))
        rule = {
            "name": "refuse",
            "model_id": model,
            "trigger": "on_create_or_write",
            "action_server_ids": [(6, 0, [ids["refuse"]])],
        }
        crm.call("base.automation", "create", vals_list=[rule])
    return ids


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_secret_is_refused_and_says_which_kind_it_is(admin, way):
    wrong = Door(admin.profile, SecretStr("mot-de-passe-faux"), SecretStr("0123456789" * 4))
    with closing(wrong.open(way)) as crm, pytest.raises(AuthenticationRefused) as caught:
        crm.uid()
    kind = "clé API" if WAYS[way][1] == "key" else "mot de passe"
    assert kind in told(caught, "mot-de-passe-faux", "0123456789" * 4)


@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way][1] == "key"])
def test_an_expired_key_is_refused(admin, server, way):
    key = server.api_key(server.admin_login, name=server.database)
    expire = "UPDATE res_users_apikeys SET expiration_date = '2001-01-01'"
    server.query(f"{expire} WHERE index = '{key[:8]}'", name=server.database)
    expired = Door(admin.profile, admin.password, SecretStr(key))
    with closing(expired.open(way)) as crm, pytest.raises(AuthenticationRefused) as caught:
        crm.call("res.partner", "search_count", domain=[])
    assert "expirée" in told(caught, key)


def test_a_password_that_needs_a_second_factor_is_told_apart_from_a_wrong_one(admin, server):
    login, password = "second@example.org", "mot-de-passe-inventé-2"
    with closing(admin.open()) as crm:
        values = {"name": "Second Facteur Inventé", "login": login, "password": password}
        crm.call("res.users", "create", vals_list=[values])
    enrol = "UPDATE res_users SET totp_secret = 'JBSWY3DP'"
    server.query(f"{enrol} WHERE login = '{login}'", name=server.database)
    door = Door(admin.profile.model_copy(update={"login": login}), SecretStr(password), SecretStr("0" * 40))
    with closing(door.open("jsonrpc-session")) as crm, pytest.raises(AuthenticationRefused) as caught:
        crm.uid()
    assert "second facteur" in told(caught, password)
    key = SecretStr(server.api_key(login, name=server.database))
    for way in ("json2", "jsonrpc-key", "xmlrpc-key"):
        with closing(Door(door.profile, door.password, key).open(way)) as crm:
            assert crm.uid() > 2


@pytest.mark.parametrize("database", ["nothing", "main_nothing"])
@pytest.mark.parametrize("way", WAYS)
def test_an_unknown_database_is_named_as_the_problem(admin, way, database):
    with closing(admin.open(way, database=database)) as crm, pytest.raises(AuthenticationRefused) as caught:
        crm.uid()
    assert "base de données" in told(caught, admin.key.get_secret_value(), admin.password.get_secret_value())


@contextmanager
def one_database(url, database):
    """Serve a CRM as a host does that knows one database by its address; 404 to any that is named."""

    class Host(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, kind, content = 404, "text/html", b"<h1>Not Found</h1>"
            if "X-Odoo-Database" not in self.headers:
                kept = ("Content-Type", "Authorization")
                headers = {name: self.headers[name] for name in kept if name in self.headers}
                headers["X-Odoo-Database"] = database
                answer = httpx.post(url + self.path, content=body, headers=headers, timeout=60)
                status, kind, content = answer.status_code, answer.headers["Content-Type"], answer.content
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments):
            """Say nothing."""

    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{host.server_port}"
    finally:
        host.shutdown()
        host.server_close()


def test_a_host_s_only_database_is_taken_under_its_own_name_alone(admin):
    key = admin.key.get_secret_value()
    with one_database(admin.profile.url, admin.profile.database) as url:
        with closing(admin.open(url=url)) as crm:
            assert crm.uid() == 2
        with (
            closing(admin.open(url=url, database="nothing")) as crm,
            pytest.raises(DatabaseUnknown) as caught,
        ):
            crm.uid()
        assert f"« {admin.profile.database} »" in told(caught, key)
        wrong = Door(admin.profile, admin.password, SecretStr("0123456789" * 4))
        with closing(wrong.open(url=url)) as crm, pytest.raises(AuthenticationRefused, match="clé API"):
            crm.uid()


@pytest.mark.parametrize("way", WAYS)
def test_nobody_at_the_address_is_said_so(admin, way):
    with (
        closing(admin.open(way, url="http://127.0.0.1:9")) as crm,
        pytest.raises(ConnectionRefused) as caught,
    ):
        crm.uid()
    assert "127.0.0.1:9" in told(caught)


@pytest.mark.parametrize("way", WAYS)
def test_https_to_a_server_that_has_none_is_a_failure_of_encryption(admin, way):
    url = admin.profile.url.replace("http://", "https://")
    with closing(admin.open(way, url=url)) as crm, pytest.raises(ConnectionRefused) as caught:
        crm.uid()
    assert "chiffrée" in told(caught)


@pytest.mark.parametrize("way", WAYS)
def test_silence_ends_when_the_time_is_up(admin, actions, way):
    with closing(admin.open(way)) as crm:
        crm.uid()  # the first is slow: the CRM reads much of itself for it
    with closing(admin.open(way, timeout=4)) as crm:
        crm.uid()
        with pytest.raises(ConnectionRefused) as caught:
            crm.call("ir.actions.server", "run", ids=[actions["sleep"]])
    assert "en 4 s" in told(caught)


@pytest.mark.parametrize("way", WAYS)
def test_a_missing_right_is_told_without_the_crm_s_own_words(clerk, way):
    with closing(clerk.open(way)) as crm, pytest.raises(AccessRefused) as caught:
        crm.call("res.users", "create", vals_list=[{"name": CANARY, "login": CANARY}])
    assert "res.users.create" in told(caught)


@pytest.mark.parametrize("way", WAYS)
def test_a_rule_that_refuses_a_write_is_quoted_word_for_word(admin, actions, way):
    assert actions
    with closing(admin.open(way)) as crm:
        with pytest.raises(WriteRefused) as caught:
            crm.call("res.partner.industry", "create", vals_list=[{"name": CANARY}])
        assert told(caught) == SENTENCE
        assert crm.call("res.partner.industry", "search_count", domain=[("name", "=", CANARY)]) == 0


@pytest.mark.parametrize("way", WAYS)
def test_a_constraint_of_the_crm_is_a_refused_write(admin, way):
    with closing(admin.open(way)) as crm, pytest.raises(WriteRefused) as caught:
        crm.call("res.partner", "create", vals_list=[{"type": "contact", "city": CANARY}])
    told(caught)


@pytest.mark.parametrize("way", WAYS)
def test_an_error_of_the_server_s_own_names_its_kind_only(admin, actions, way):
    with closing(admin.open(way)) as crm, pytest.raises(ServerFailed) as caught:
        crm.call("ir.actions.server", "run", ids=[actions["crash"]], context={"note": CANARY})
    assert "ir.actions.server.run" in told(caught)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("context", [None, {"lang": "fr_FR"}], ids=["plain", "french"])
def test_a_record_that_is_gone_is_an_invalid_request(admin, way, context):
    with closing(admin.open(way)) as crm, pytest.raises(RequestInvalid) as caught:
        crm.call("res.partner", "write", ids=[99_999_999], vals={"name": CANARY}, context=context)
    assert "n’existe pas" in told(caught)


@pytest.mark.parametrize("way", WAYS)
def test_a_value_that_does_not_fit_is_not_repeated(admin, way):
    with closing(admin.open(way)) as crm, pytest.raises(RequestInvalid) as caught:
        crm.call("res.partner", "create", vals_list=[{"name": "x", "type": CANARY}])
    told(caught)


def test_xml_rpc_says_what_it_cannot_carry_before_it_sends_it(admin):
    with closing(admin.open("xmlrpc-key")) as crm:
        crm.uid()
        before = crm.requests
        for value in (2**40, "\x01"):
            with pytest.raises(RequestInvalid) as caught:
                crm.call("res.partner", "search_count", domain=[("id", "=", value)])
            told(caught)
        assert crm.requests == before


@pytest.mark.parametrize("way", WAYS)
def test_nothing_sent_or_received_is_logged_at_any_level(admin, clerk, way, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        for door in (admin, clerk):
            with closing(door.open(way)) as crm:
                crm.uid()
                with pytest.raises(CrmError):
                    crm.call("res.users", "create", vals_list=[{"name": CANARY, "nothing": 1}])
    printed = "".join(capfd.readouterr()) + caplog.text
    secrets = [door.key.get_secret_value() for door in (admin, clerk)]
    secrets += [door.password.get_secret_value() for door in (admin, clerk)]
    assert not any(secret in printed for secret in (*secrets, CANARY, "session_id"))


def test_a_key_goes_over_json2_and_a_password_over_a_web_session(admin):
    with closing(connect(admin.profile, admin.key)) as crm:
        assert isinstance(crm, Json2)
        assert crm.requests == 1
        assert crm.uid() == 2
    with closing(connect(admin.profile, admin.password)) as crm:
        assert isinstance(crm, JsonRpc)
        assert crm.requests == 0
        assert crm.uid() == 2


def test_the_profile_s_transport_is_taken_and_the_call_s_before_it(admin):
    profile = admin.profile.model_copy(update={"transport": "xmlrpc"})
    with closing(connect(profile, admin.key)) as crm:
        assert type(crm).__name__ == "XmlRpc"
    with closing(connect(profile, admin.key, transport="json2")) as crm:
        assert type(crm).__name__ == "Json2"
