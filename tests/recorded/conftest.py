"""Cassettes: conversations with a real CRM, recorded once, scrubbed, and played back without a network.

To record them again, against a sandbox of the test session's own:

    MIST_RECORD=1 .venv/bin/pytest tests/recorded

That is to be done when a transport changes what it sends, or for another version of the CRM. What is
recorded goes through `scrub` first, so no secret reaches the disk; `test_cassettes.py` looks all the same.
"""

from __future__ import annotations

import json
import os
import re
import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import vcr
from pydantic import SecretStr

RECORDING = bool(os.environ.get("MIST_RECORD"))
CASSETTES = Path(__file__).with_name("cassettes")

# What stands in a cassette for what was really sent; the tests use these very values when they play it back.
URL = "http://127.0.0.1:8069"
DATABASE = "mist"
LOGIN = "admin"
PASSWORD = "mot-de-passe"  # noqa: S105 - invented
KEY = "0" * 40

# Whatever may be personal or secret wherever it stands, by its form.
PATTERNS = {
    r"session_id=[^;\s\"]+": "session_id=session",
    r"(?i)bearer [^\s\"']+": "bearer key",
    r"/web/hook/[\w-]+": "/web/hook/hook",
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b": "uuid",
    r"\b[0-9a-f]{64}\b": "digest",
    r"/(?:root|home|tmp|usr|opt|var|work)/[^\s\"'<>&\\]*": "/path",
    r"127\.0\.0\.1:\d+": "127.0.0.1:8069",
}
KEPT_HEADERS = {"content-type"}


@dataclass(frozen=True)
class Target:
    """The CRM that a conversation is held with: a real one when recording, none when playing back."""

    url: str
    database: str
    password: SecretStr
    key: SecretStr

    def scrub(self, text: str) -> str:
        """Put stand-ins for secrets, names and paths."""
        known = {
            self.password.get_secret_value(): PASSWORD,
            self.key.get_secret_value(): KEY,
            self.database: DATABASE,
        }
        for real, standing in known.items():
            text = text.replace(real, standing)
        for pattern, standing in PATTERNS.items():
            text = re.sub(pattern, standing, text)
        return text


@pytest.fixture(scope="session")
def target(request):
    """The CRM to talk to."""
    if not RECORDING:
        yield Target(URL, DATABASE, SecretStr(PASSWORD), SecretStr(KEY))
        return
    sandbox = request.getfixturevalue("sandbox")
    database = sandbox.clone("recorded")
    yield Target(sandbox.url, database, SecretStr(sandbox.admin_password), SecretStr(sandbox.admin_api_key))
    sandbox.drop(database)


@pytest.fixture
def cassette(request, target):
    """Play back, or record, the cassette of this test; each interaction is used exactly once, in its turn."""
    if RECORDING:
        request.getfixturevalue("socket_enabled")
    recorder = vcr.VCR(
        record_mode="all" if RECORDING else "none",
        match_on=["conversation"],
        before_record_request=lambda sent: _scrubbed_request(target, sent),
        before_record_response=lambda answer: _scrubbed_response(target, answer),
        decode_compressed_response=True,
    )
    recorder.register_matcher("conversation", same_request)
    name = re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")
    path = CASSETTES / f"{name}.yaml"
    if RECORDING:
        path.unlink(missing_ok=True)
    with recorder.use_cassette(str(path), allow_playback_repeats=False) as tape:
        yield tape
    if not RECORDING:
        assert tape.all_played, "the cassette holds interactions that nothing asked for"


def same_request(one, other):
    """Refuse two requests that do not ask the same; ids of JSON-RPC are random, XML has many spellings."""
    assert (one.method, one.path) == (other.method, other.path)
    assert _meaning(one) == _meaning(other)


def _meaning(request):
    body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
    if body.startswith("<?xml"):
        return xmlrpc.client.loads(body)
    value = json.loads(body) if body else None
    return {**value, "id": None} if isinstance(value, dict) and "jsonrpc" in value else value


def _scrubbed_request(target, sent):
    parts = urlsplit(sent.uri)
    sent.uri = urlunsplit(parts._replace(netloc=urlsplit(URL).netloc))
    sent.headers = {name: value for name, value in sent.headers.items() if name.lower() in KEPT_HEADERS}
    if sent.body:
        sent.body = target.scrub(sent.body.decode()).encode()
    return sent


def _scrubbed_response(target, answer):
    headers = {name: value for name, value in answer["headers"].items() if name.lower() in KEPT_HEADERS}
    body = target.scrub(_without_noise(answer["body"]["string"].decode()))
    return {**answer, "headers": headers, "body": {"string": body.encode()}}


def _without_noise(text):
    """Leave out the server's traces, and all that a login answers but who logged in."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, dict):
        (value.get("error") or {}).get("data", {}).pop("debug", None)
        value.pop("debug", None)
        if isinstance(value.get("result"), dict) and "user_context" in value["result"]:
            value["result"] = {"uid": value["result"]["uid"]}
    return json.dumps(value, ensure_ascii=False)
