"""What the wire makes of servers that are no good CRM: real ones, on this machine."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import TransportName, make_profile
from mist_connector.crm.transports.wire import Answer
from mist_connector.errors import (
    AuthenticationRefused,
    Busy,
    ConnectionRefused,
    CrmError,
    DatabaseUnknown,
    OutcomeUnknown,
    RequestInvalid,
)

from .servers import HTML, JSON, KEY, answering, certificate, failure

pytestmark = pytest.mark.usefixtures("socket_enabled")  # loopback only

EVERY = [None, *TransportName]


@pytest.mark.parametrize("transport", EVERY)
@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<h1>Bonjour</h1>"), (403, b"no"), (404, b"<h1>Not Found</h1>")]
)
def test_a_web_site_that_is_no_odoo_is_recognised(transport, status, body):
    with answering(status, HTML, body) as (url, _):
        error = failure(url, transport)
    assert isinstance(error, ConnectionRefused)
    assert "n’est pas un CRM Odoo" in error.what


@pytest.mark.parametrize("transport", EVERY)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b'{"error": {"code": 1}}', b'{"error": "text"}']
)
def test_json_that_is_no_odoo_s_is_never_taken_for_a_login(transport, body):
    with answering(200, JSON, body) as (url, _):
        profile = make_profile(url=url, database="mist", login="admin")
        with pytest.raises(CrmError), closing(connect(profile, KEY, transport=transport)) as crm:
            crm.uid()


@pytest.mark.parametrize("transport", EVERY)
@pytest.mark.parametrize("status", [500, 502, 504])
def test_where_a_request_may_have_reached_the_crm_it_is_said(transport, status):
    with answering(status, HTML, b"<h1>Bad Gateway</h1>") as (url, _):
        error = failure(url, transport)
    assert isinstance(error, OutcomeUnknown)
    assert "a pu avoir lieu ou non" in error.what


@pytest.mark.parametrize("transport", EVERY)
@pytest.mark.parametrize("status", [503, 429])
def test_where_a_request_was_not_taken_it_is_said(transport, status, monkeypatch):
    monkeypatch.setattr("mist_connector.crm.transports.again._PATIENCE", 0.0)
    with answering(status, HTML, b"<h1>Bad Gateway</h1>") as (url, _):
        error = failure(url, transport)
    assert isinstance(error, Busy)
    assert error.todo.startswith("Rien n’a été fait.")


def test_too_big_a_request_is_told_as_such():
    with answering(413, HTML, b"") as (url, _):
        error = failure(url, "json2")
    assert isinstance(error, RequestInvalid)
    assert "gros" in error.what


@pytest.mark.parametrize("transport", EVERY)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed_with_the_secret(transport, status):
    with (
        answering(200, JSON, b"{}") as (elsewhere, seen),
        answering(status, {"Location": elsewhere + "/x?y=z"}, b"") as (url, _),
    ):
        error = failure(url, transport)
    assert isinstance(error, ConnectionRefused)
    assert error.todo.endswith(f"{elsewhere}.")
    assert seen == []


@pytest.fixture(scope="module")
def unknown_authority(tmp_path_factory):
    """The server side of TLS with a certificate that nobody vouches for."""
    return certificate(tmp_path_factory.mktemp("tls"))[1]


@pytest.mark.parametrize("transport", EVERY)
@pytest.mark.parametrize("insecure", [False, True])
def test_a_certificate_that_nobody_vouches_for_is_refused_even_where_plain_http_is_not(
    unknown_authority, transport, insecure
):
    with answering(200, JSON, b"{}", tls=unknown_authority) as (url, seen):
        error = failure(url, transport, insecure=insecure)
    assert isinstance(error, ConnectionRefused)
    assert "certificat" in error.what
    assert seen == []


def test_an_older_odoo_is_asked_for_its_version_the_older_way():
    body = b'{"jsonrpc": "2.0", "result": {"server_version": "17.0", "server_version_info": [17, 0, 0]}}'
    with answering(200, JSON, body) as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY)) as crm:
            assert type(crm).__name__ == "JsonRpc"
            assert (crm.version().major, crm.version().text) == (17, "17.0")
    assert [path for path, _ in seen] == ["/web/version", "/web/webclient/version_info"]


def test_an_odoo_online_version_is_read():
    body = b'{"version_info": ["saas~19", 2, 0, "final", 0, "e"], "version": "saas~19.2+e"}'
    with answering(200, JSON, body) as (url, _):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY)) as crm:
            assert (crm.version().major, crm.version().minor) == (19, 2)


def test_the_key_goes_in_a_header_and_the_database_in_another():
    with answering(200, JSON, b"[]") as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            assert crm.call("res.partner", "search", domain=[]) == []
    [(path, headers)] = seen
    assert path == "/json/2/res.partner/search"
    assert headers["Authorization"] == f"bearer {KEY.get_secret_value()}"
    assert headers["X-Odoo-Database"] == "mist"


def test_a_path_in_front_of_the_crm_is_kept_by_every_transport():
    for transport in TransportName:
        with answering(404, HTML, b"") as (url, seen):
            failure(f"{url}/behind/", transport)
        assert all(path.startswith("/behind/") for path, _ in seen)


@pytest.mark.parametrize("secret", ["mot-de-passé", "deux\nlignes"])
def test_a_secret_that_no_header_can_hold_is_refused_and_not_shown(secret):
    profile = make_profile(url="http://127.0.0.1:9", database="mist", login="admin")
    with closing(connect(profile, SecretStr(secret), transport="json2")) as crm:
        with pytest.raises(AuthenticationRefused) as caught:
            crm.uid()
        assert crm.requests == 0
    assert secret not in repr(caught.value)


def test_a_database_that_no_header_can_hold_is_unknown():
    profile = make_profile(url="http://127.0.0.1:9", database="é", login="admin")
    with closing(connect(profile, KEY, transport="json2")) as crm, pytest.raises(AuthenticationRefused):
        crm.uid()


@contextmanager
def listening(handle):
    """Accept connections and do something with each that is no HTTP answer; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held = []

        def serve():
            with suppress(OSError):
                while True:
                    held.append(listener.accept()[0])
                    handle(held[-1])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in held:
                connection.close()


@pytest.mark.parametrize("transport", EVERY)
def test_a_server_that_stays_silent_is_given_up(transport):
    with listening(lambda _connection: None) as url:
        error = failure(url, transport, timeout=0.2)
    assert isinstance(error, ConnectionRefused)
    assert "0.2 s" in error.what
    assert "a pu avoir lieu ou non" in error.what


@pytest.mark.parametrize("transport", EVERY)
def test_a_connection_cut_before_the_answer_leaves_it_open_what_happened(transport):
    with listening(lambda connection: connection.close()) as url:
        error = failure(url, transport)
    assert isinstance(error, ConnectionRefused)
    assert "coupée" in error.what


@pytest.mark.parametrize("transport", EVERY)
def test_an_answer_that_is_no_http_is_a_cut_connection(transport):
    with listening(lambda connection: connection.sendall(b"220 mail.example.org ESMTP\r\n\r\n")) as url:
        assert isinstance(failure(url, transport), ConnectionRefused)


@pytest.mark.parametrize("transport", EVERY)
def test_nobody_at_a_port_is_told_with_the_address(transport):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    assert url in failure(url, transport).what


@contextmanager
def serving_one_database(answers):
    """Serve as a host that answers 404 to a database that is named; yield the address, and what was asked."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            named, method = "X-Odoo-Database" in self.headers, self.path.rpartition("/")[2]
            seen.append((method, named))
            status, body = (404, b"<h1>Not Found</h1>") if named else answers[method]
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if named else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


def test_a_host_that_answers_404_to_a_database_that_is_named_is_asked_without():
    answers = {"session_info": (200, b'{"db": "mist"}'), "search": (200, b"[7]")}
    with serving_one_database(answers) as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            assert [crm.call("res.partner", "search", domain=[]) for _ in range(2)] == [[7], [7]]
    assert seen == [("search", True), ("session_info", False), ("search", False), ("search", False)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((200, b'{"db": "other"}'), "« other »"),
        ((200, b"[]"), "ne connaît pas la base"),
        ((422, b'{"name": "x", "message": "y"}'), "ne connaît pas la base"),
    ],
)
def test_the_only_database_of_a_host_is_not_taken_for_one_of_another_name(said, told):
    with serving_one_database({"session_info": said, "write": (200, b"true")}) as (url, seen):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            for _ in range(2):
                with pytest.raises(DatabaseUnknown, match=told):
                    crm.call("res.partner", "write", ids=[1], vals={})
    assert ("write", False) not in seen


def test_no_more_requests_leave_than_the_profile_allows():
    with answering(200, JSON, b"[]") as (url, _):
        profile = make_profile(url=url, database="mist", login="admin", calls_per_second=20)
        began = time.monotonic()
        with closing(connect(profile, KEY, transport="json2")) as crm:
            for _ in range(5):
                crm.call("res.partner", "search", domain=[])
        assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize("kind", [HTML, JSON])
def test_a_foreign_page_after_good_answers_is_no_reason_to_doubt_the_address(kind):
    with answering(200, JSON, b"[]") as (url, _):
        profile = make_profile(url=url, database="mist", login="admin")
        with closing(connect(profile, KEY, transport="json2")) as crm:
            crm.call("res.partner", "search", domain=[])
            foreign = Answer(200, kind["Content-Type"].partition(";")[0], b"{")
            told = crm._wire.foreign(foreign)
    assert isinstance(told, OutcomeUnknown)
    assert "a pu avoir lieu ou non" in told.what


@pytest.mark.parametrize("transport", list(TransportName))
def test_nor_is_it_on_a_second_connection_of_a_run_that_heard_the_crm(transport):
    with answering(200, HTML, b"<h1>Bonjour</h1>") as (url, _):
        profile = make_profile(url=url, database="mist", login="admin")
        crm = connect(profile, KEY, transport=transport, answered=True)
        with closing(crm), pytest.raises(OutcomeUnknown, match="a pu avoir lieu ou non"):
            crm.call("res.partner", "write", ids=[1], vals={})


def test_a_missing_file_of_certificates_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    assert "SSL_CERT_FILE" in failure("https://127.0.0.1:1").what
