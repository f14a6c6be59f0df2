"""The transports, played back: what they send has not changed, and they read the same answers."""

from __future__ import annotations

from contextlib import closing

import pytest

from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import make_profile
from mist_connector.errors import (
    AccessRefused,
    AuthenticationRefused,
    RequestInvalid,
    WriteRefused,
)

from .conftest import LOGIN

WAYS = {
    "json2": ("json2", "key"),
    "jsonrpc-session": ("jsonrpc", "password"),
    "jsonrpc-key": ("jsonrpc", "key"),
    "xmlrpc-key": ("xmlrpc", "key"),
}
NAMES = ["Personne Inventée Une", "Personne Inventée Deux 🦊"]


@pytest.fixture(params=WAYS)
def open_crm(request, target, cassette):
    """A function that opens the CRM of the cassette, one way after another."""
    transport, kind = WAYS[request.param]

    def opened(*, secret=None, database=None):
        profile = make_profile(url=target.url, database=database or target.database, login=LOGIN)
        return closing(connect(profile, secret or getattr(target, kind), transport=transport))

    assert cassette is not None
    return opened


def test_work(open_crm):
    with open_crm() as crm:
        assert (crm.version().major, crm.version().minor) == (19, 0)
        assert crm.uid() == 2
        ids = crm.call("res.partner", "create", vals_list=[{"name": name} for name in NAMES])
        assert len(ids) == 2
        rows = crm.call("res.partner", "read", ids=ids, fields=["name", "parent_id", "category_id"], load="")
        assert rows == [
            {"id": key, "name": name, "parent_id": False, "category_id": []}
            for key, name in zip(ids, NAMES, strict=True)
        ]
        assert (
            crm.call("res.partner", "write", ids=ids[:1], vals={"comment": False, "parent_id": ids[1]})
            is True
        )
        found = crm.call(
            "res.partner",
            "search_read",
            domain=[("id", "in", ids)],
            fields=["parent_id"],
            order="id",
            limit=1,
        )
        assert found == [{"id": ids[0], "parent_id": [ids[1], NAMES[1]]}]
        assert crm.call("ir.ui.view", "reset_arch", ids=[]) is None
        assert crm.call("res.partner", "unlink", ids=ids, context={"active_test": False}) is True


@pytest.mark.parametrize(
    ("model", "method", "arguments", "kind"),
    [
        ("res.nothing", "search", {"domain": []}, RequestInvalid),
        ("res.partner", "nothing", {}, RequestInvalid),
        ("res.partner", "search", {"domain": [("nothing", "=", 1)]}, RequestInvalid),
        ("res.partner", "write", {"ids": [99_999_999], "vals": {"name": NAMES[0]}}, RequestInvalid),
        ("res.partner", "create", {"vals_list": [{"type": "contact"}]}, WriteRefused),
        ("ir.model.data", "_write", {"ids": [1]}, RequestInvalid),
        ("res.users.log", "unlink", {"ids": [1]}, AccessRefused),
    ],
    ids=["model", "method", "field", "record", "constraint", "private", "right"],
)
def test_refused(open_crm, model, method, arguments, kind):
    with open_crm() as crm, pytest.raises(kind):
        crm.call(model, method, **arguments)


def test_denied(open_crm, target):
    wrong = type(target.key)("1" * 40)
    with open_crm(secret=wrong) as crm, pytest.raises(AuthenticationRefused):
        crm.uid()


def test_elsewhere(open_crm):
    with open_crm(database="nowhere") as crm, pytest.raises(AuthenticationRefused, match="base de données"):
        crm.uid()
