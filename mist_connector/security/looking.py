"""The CRM's own tables as digests, in one request, and the baseline that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.records import MODULE
from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError, ServerFailed

from .baseline import Entry, State
from .kinds import KINDS

PARAMETER = f"{MODULE}.baseline"
ACTION = "action_digests"
# Modules of this kind are made by hand, through the CRM's own pages.
BY_HAND = frozenset({"", "__export__", "__import__", "__custom__", "studio_customization"})


@dataclass(frozen=True)
class Look:
    """The CRM of this moment: its database, its state, and the baseline as text, or nothing."""

    database: str
    state: State
    kept: str


def look(crm: Crm) -> Look | None:
    """Have the CRM digest its own tables; None where what does it is not deployed."""
    domain = [["module", "=", MODULE], ["name", "=", ACTION]]
    found = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
    if not found:
        return None
    context = {"mist_kinds": [kind.asked() for kind in KINDS], "mist_baseline": PARAMETER}
    try:
        answer = crm.call("ir.actions.server", "run", ids=[found[0]["res_id"]], context=context)
    except CrmError:
        return None  # its code was changed, which is a finding of its own
    if not isinstance(answer, Mapping):
        raise ServerFailed("Le CRM n’a rien répondu à ce qui lui était demandé.", todo="mist apply")
    return Look(answer["database"], _state(answer), answer["baseline"])


def _state(answer: Mapping[str, Any]) -> State:
    entries: dict[tuple[str, int], Entry] = {}
    for model, rows in answer["digests"].items():
        for row_id, digest, modules in rows:
            owners = set(modules or ())
            if MODULE not in owners:  # what is ours is compared with the mappings
                shipped = sorted(owners - BY_HAND)
                entries[model, row_id] = Entry(digest, shipped[0] if shipped else "")
    return State(entries, answer["modules"])


def keep(crm: Crm, text: str) -> None:
    """Keep a baseline in the CRM, where its Settings alone write."""
    crm.call("ir.config_parameter", "set_param", key=PARAMETER, value=text)
