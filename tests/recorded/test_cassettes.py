"""No cassette holds a secret or anything of anybody: looked for by form, whatever the scrubbing did."""

from __future__ import annotations

import re

import pytest

from .conftest import CASSETTES, KEY, PASSWORD, RECORDING

FORBIDDEN = {
    "a session": r"session_id=(?!session\b)",
    "a bearer key": r"(?i)bearer (?!key\b)\S+",
    "an API key": r"\b(?!0{40}\b|1{40}\b)[0-9a-f]{40}\b",
    "a digest or secret": r"\b[0-9a-f]{64}\b",
    "an identifier of a database": r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
    "a web-hook": r"/web/hook/(?!hook\b)",
    "a path of somebody's machine": r"/(?:root|home|tmp|usr|opt|var|work)/",
    "a trace": r'"debug"',
    "an e-mail address that is not invented": r"[\w.+-]+@(?!example\.org\b)[\w-]+\.[a-z]{2,}",
    "a telephone number": r"(?<![\d.])(?:\+33|0)[ .]?[1-9](?:[ .]?\d\d){4}\b",
    "an address other than the stand-in": r"\b(?!127\.0\.0\.1:8069\b|0\.0\.0\.0\b)\d{1,3}(?:\.\d{1,3}){3}\b",
    "a host": r"https?://(?!127\.0\.0\.1:8069\b|www\.odoo\.com\b)",
}
PASSWORD_FIELD = re.compile(r"password\W{1,10}([^\"'\\,<]+)")


def cassettes():
    return sorted(CASSETTES.glob("*.yaml"))


@pytest.mark.skipif(RECORDING, reason="they are being written")
def test_there_are_cassettes_for_every_way():
    names = " ".join(path.stem for path in cassettes())
    assert all(way in names for way in ("json2", "jsonrpc-session", "jsonrpc-key", "xmlrpc-key"))


@pytest.mark.skipif(RECORDING, reason="they are being written")
@pytest.mark.parametrize("path", cassettes(), ids=lambda path: path.stem)
def test_a_cassette_holds_no_secret_and_nothing_personal(path):
    text = path.read_text(encoding="utf-8")
    for what, pattern in FORBIDDEN.items():
        found = re.search(pattern, text)
        assert found is None, f"{what}, at character {found and found.start()}"
    assert set(PASSWORD_FIELD.findall(text)) <= {PASSWORD, KEY, "1" * 40}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_each_search_finds_what_it_is_for(what):
    samples = {
        "a session": "session_id=abc",
        "a bearer key": "Bearer abcdef",
        "an API key": "0123456789" * 4,
        "a digest or secret": "0123456789abcdef" * 4,
        "an identifier of a database": "01234567-89ab-cdef-0123-456789abcdef",
        "a web-hook": "/web/hook/abc",
        "a path of somebody's machine": 'File "/home/somebody/odoo"',
        "a trace": '{"debug": 1}',
        "an e-mail address that is not invented": "somebody@mail.fr",
        "a telephone number": "06 12 34 56 78",
        "an address other than the stand-in": "192.168.1.2",
        "a host": "https://crm.mist.fr",
    }
    assert re.search(FORBIDDEN[what], samples[what])
