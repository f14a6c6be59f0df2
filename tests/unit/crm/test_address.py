"""Which web addresses are accepted."""

from __future__ import annotations

import pytest

from mist_connector.crm.address import Address, parse_address
from mist_connector.errors import ConnectionRefused


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://crm.example.org", Address("https", "crm.example.org", 443)),
        (" https://CRM.example.org/ ", Address("https", "crm.example.org", 443)),
        ("https://crm.example.org:8443/odoo/", Address("https", "crm.example.org", 8443, "/odoo")),
        ("http://localhost:8069", Address("http", "localhost", 8069)),
        ("http://127.8.0.1", Address("http", "127.8.0.1", 80)),
        ("http://[::1]:8069", Address("http", "::1", 8069)),
    ],
)
def test_an_address_is_taken_apart(text, address):
    assert parse_address(text) == address
    assert parse_address(address.url) == address


@pytest.mark.parametrize(
    "text",
    [
        "http://crm.example.org",
        "http://10.0.0.1",
        "http://localhost.example.org",
        "http://128.0.0.1",
        "http://[::2]",
    ],
)
def test_plain_http_is_refused_except_to_this_machine_or_by_name(text):
    with pytest.raises(ConnectionRefused, match="chiffrée"):
        parse_address(text)
    assert parse_address(text, insecure=True).scheme == "http"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "crm.example.org",
        "ftp://crm.example.org",
        "https://",
        "https://crm.example.org:none",
        "file:///etc",
        "https://[::1",
        "https://crm example.org",
        "https://crmé.example.org",
    ],
)
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(ConnectionRefused, match="adresse de CRM"):
        parse_address(text, insecure=True)


def test_an_address_with_a_password_in_it_is_refused_and_not_repeated():
    with pytest.raises(ConnectionRefused) as caught:
        parse_address("https://somebody:motdepasse@crm.example.org")
    assert "motdepasse" not in str(caught.value) + caught.value.todo
