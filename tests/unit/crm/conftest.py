"""The in-memory CRM, for the conformance suite."""

from __future__ import annotations

import pytest

from mist_connector.crm.memory.client import MemoryCrm


@pytest.fixture
def crm(request):
    methods = {
        ("res.users", "context_get"): lambda crm, ids: {"uid": crm.uid()},  # noqa: ARG005 - called by name
        ("ir.ui.view", "reset_arch"): lambda _crm, ids: None,  # noqa: ARG005 - called by name
    }
    return MemoryCrm(request.module.SCHEMA, login="admin", methods=methods)
