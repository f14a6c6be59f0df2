"""Server actions: what the CRM does with its own rights, each for named groups of accounts only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

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
                "code": with_given(with_settings(action.code.strip(), blueprint), blueprint),
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


def with_settings(code: str, blueprint: Blueprint) -> str:
    """Return server code after lines that set what it uses of the mappings.

    `mail_sender`: addresses and mail servers. `groups_of_roles`: the group of accounts for each function.
    `mailed_statuses`: of whom a document may reach by mail. `application_name`: what the menu calls it all.
    """
    settings: Mapping[str, Callable[[Blueprint], object]] = {
        "mail_sender": _sender,
        "groups_of_roles": _groups_of_roles,
        "mailed_statuses": lambda blueprint: list(blueprint.mailed),
        "application_name": lambda blueprint: blueprint.frame.application.fr,
    }
    used = (name for name in settings if re.search(rf"\b{name}\b", code))
    return "".join(f"{name} = {settings[name](blueprint)!r}\n" for name in used) + code


def _sender(blueprint: Blueprint) -> dict[str, object]:
    sender, servers = blueprint.hardening.sender, list(blueprint.hardening.mail_servers)
    given: dict[str, object] = {key: getattr(sender, key, "") for key in _ADDRESSES}
    return given | {"known": list(sender.known) if sender else [], "servers": servers}


def _groups_of_roles(blueprint: Blueprint) -> dict[str, str]:
    """Return, for each function that has a group of accounts of its name, the group's external id."""
    groups = {group.key for group in blueprint.frame.groups}
    roles = (choice.id for choice in blueprint.vocabularies.get("functions", ()))
    return {role: f"{MODULE}.group_{role}" for role in roles if role in groups}


def _model(action: ServerAction, blueprint: Blueprint) -> str:
    return action.model if "." in action.model else blueprint.model(action.model).technical
