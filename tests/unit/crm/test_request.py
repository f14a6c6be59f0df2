"""How a call is written for each route."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from mist_connector.crm.transports.request import Request, plain
from mist_connector.errors import RequestInvalid


def test_json2_takes_everything_by_name():
    request = Request("m", "write", (1, 2), {"lang": "fr_FR"}, {"vals": {"a": 1}})
    assert request.named() == {"vals": {"a": 1}, "context": {"lang": "fr_FR"}, "ids": [1, 2]}


def test_the_older_routes_take_ids_first():
    request = Request("m", "write", (1, 2), {"lang": "fr_FR"}, {"vals": {"a": 1}})
    assert request.positional() == ([[1, 2]], {"vals": {"a": 1}, "context": {"lang": "fr_FR"}})


def test_the_older_routes_take_the_values_of_a_creation_first():
    assert Request("m", "create", None, None, {"vals_list": [{}]}).positional() == ([[{}]], {})


def test_no_records_and_no_record_named_are_not_the_same():
    assert Request("m", "f").positional() == ([], {})
    assert Request("m", "f", ()).positional() == ([[]], {})
    assert Request("m", "f", ()).named() == {"ids": []}


def test_the_text_of_a_request_holds_no_argument():
    request = Request("m", "write", (1,), {"note": "secret"}, {"vals": {"name": "secret"}})
    assert "secret" not in repr(request) + str(request)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "2026-01-02 03:04:05"),
        ((1, (2, 3)), [1, [2, 3]]),
        (MappingProxyType({"a": (None, True)}), {"a": [None, True]}),
        ("text", "text"),
    ],
)
def test_values_are_made_plain(value, sent):
    assert plain(value) == sent


@pytest.mark.parametrize(
    "value", [b"bytes", object(), float("nan"), float("inf"), {"a": [b"deep"]}, {1: "a"}]
)
def test_what_no_transport_carries_is_refused(value):
    with pytest.raises(RequestInvalid):
        plain(value)
