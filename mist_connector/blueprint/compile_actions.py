"""Server actions: what the CRM does with its own rights, each for named groups of accounts only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .compile_models import model_reference
from .declaration import Blueprint
from .records import MODULE, Record, group_reference
from .screen import ServerAction
from .today import with_given

_ADDRESSES = ("address", "answers_to", "returns_to")


def action_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the server actions."""
    for action in blueprint.actions:
        groups = frozenset(group_reference(key) for key in action.groups)
        yield Record(
            f"action_{action.key}",
            "ir.actions.server",
            {
                "name": action.label,
                "model_id": model_reference(_model(action, blueprint)),
                "binding_model_id": model_reference(_model(action, blueprint)) if action.listed else None,
                "binding_view_types": _listed_in(action),
                "state": "code",
                "code": with_given(with_sender(action.code.strip(), blueprint), blueprint),
                "group_ids": groups,
            },
        )


def _listed_in(action: ServerAction) -> str:
    """Return the views whose menu lists an action, and its external id, by which the connector finds it.

    The CRM splits this text at commas, ignores kinds of view that it does not know, and tells it to whoever
    may run the action. External ids of actions it tells administrators only.
    """
    views = [] if action.hidden else ["list", "form"]
    return ",".join([*views, f"{MODULE}.action_{action.key}"] if action.listed else views)


def with_sender(code: str, blueprint: Blueprint) -> str:
    """Return server code after a line that sets `mail_sender`, where it uses it: addresses, mail servers."""
    if not re.search(r"\bmail_sender\b", code):
        return code
    sender, servers = blueprint.hardening.sender, list(blueprint.hardening.mail_servers)
    given: dict[str, object] = {key: getattr(sender, key, "") for key in _ADDRESSES}
    given |= {"known": list(sender.known) if sender else [], "servers": servers}
    return f"mail_sender = {given!r}\n{code}"


def _model(action: ServerAction, blueprint: Blueprint) -> str:
    return action.model if "." in action.model else blueprint.model(action.model).technical
