"""The recorder itself: it tells requests apart, and nothing secret gets past its scrubbing."""

from __future__ import annotations

import xmlrpc.client

import httpx
import pytest
import vcr
from pydantic import SecretStr
from vcr.errors import CannotOverwriteExistingCassetteException
from vcr.request import Request

from .conftest import (
    CASSETTES,
    DATABASE,
    KEY,
    PASSWORD,
    RECORDING,
    Target,
    _scrubbed_request,
    _scrubbed_response,
    same_request,
)

REAL = Target(
    "http://127.0.0.1:37777",
    "test99_recorded",
    SecretStr("un-vrai-secret"),
    SecretStr("0123456789abcdef" * 2 + "01234567"),
)


def json_call(method, number=1):
    body = f'{{"jsonrpc": "2.0", "id": {number}, "params": {{"method": "{method}"}}}}'
    return Request("POST", "http://127.0.0.1:8069/jsonrpc", body, {})


def xml_call(text, method="search"):
    return Request(
        "POST", "http://127.0.0.1:8069/xmlrpc/2/object", text or xmlrpc.client.dumps((method,), "m"), {}
    )


def test_the_random_id_of_json_rpc_does_not_matter_and_everything_else_does():
    same_request(json_call("read", 1), json_call("read", 2))
    with pytest.raises(AssertionError):
        same_request(json_call("read"), json_call("write"))


def test_the_spelling_of_xml_does_not_matter_and_its_meaning_does():
    spaced = xmlrpc.client.dumps(("search",), "m").replace("\n", "\n  ")
    same_request(xml_call(spaced), xml_call(""))
    with pytest.raises(AssertionError):
        same_request(xml_call(""), xml_call("", method="read"))


def test_another_path_or_verb_is_another_request():
    one = json_call("read")
    with pytest.raises(AssertionError):
        same_request(one, Request("POST", "http://127.0.0.1:8069/web", one.body, {}))
    with pytest.raises(AssertionError):
        same_request(one, Request("GET", one.uri, one.body, {}))


def test_a_request_is_scrubbed_of_all_that_is_secret():
    secret = (
        f"{REAL.database} {REAL.key.get_secret_value()} {REAL.password.get_secret_value()} /home/somebody/x"
    )
    headers = {"Authorization": "bearer abc", "Cookie": "session_id=abc", "Content-Type": "application/json"}
    sent = _scrubbed_request(REAL, Request("POST", f"{REAL.url}/jsonrpc", f'{{"a": "{secret}"}}', headers))
    assert sent.uri == "http://127.0.0.1:8069/jsonrpc"
    assert dict(sent.headers) == {"Content-Type": "application/json"}
    assert sent.body == f'{{"a": "{DATABASE} {KEY} {PASSWORD} /path"}}'.encode()


def test_an_answer_is_scrubbed_of_cookies_traces_and_what_a_login_tells():
    login = {"user_context": {}, "uid": 2, "name": "Somebody", "registry_hash": "0123456789abcdef" * 4}
    body = str({"result": login, "error": {"data": {"debug": "trace", "name": "x"}}}).replace("'", '"')
    answer = {
        "status": {"code": 200, "message": "OK"},
        "headers": {"Set-Cookie": ["session_id=abc"], "content-type": ["application/json"]},
        "body": {"string": body.encode()},
    }
    scrubbed = _scrubbed_response(REAL, answer)
    assert scrubbed["headers"] == {"content-type": ["application/json"]}
    assert scrubbed["body"]["string"] == b'{"result": {"uid": 2}, "error": {"data": {"name": "x"}}}'


@pytest.mark.skipif(RECORDING, reason="nothing is played back")
def test_a_request_that_is_not_on_the_cassette_goes_nowhere():
    recorder = vcr.VCR(record_mode="none", match_on=["conversation"])
    recorder.register_matcher("conversation", same_request)
    with recorder.use_cassette(str(CASSETTES / "denied-json2.yaml")) as tape:
        with pytest.raises(CannotOverwriteExistingCassetteException):
            httpx.post("http://127.0.0.1:8069/json/2/res.partner/search", json={})
        assert not tape.all_played
