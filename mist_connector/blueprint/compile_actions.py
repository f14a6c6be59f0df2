"""Server actions: what the CRM does with its own rights, each for named groups of accounts only."""

from __future__ import annotations

from collections.abc import Iterator

from .compile_models import model_reference
from .declaration import Blueprint, ServerAction
from .records import Record, Reference, own
from .today import with_given


def action_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the server actions."""
    for action in blueprint.actions:
        groups = frozenset(_group(key) for key in action.groups)
        yield Record(
            f"action_{action.key}",
            "ir.actions.server",
            {
                "name": action.label,
                "model_id": model_reference(_model(action, blueprint)),
                "binding_model_id": model_reference(_model(action, blueprint)) if action.listed else None,
                "state": "code",
                "code": with_given(action.code.strip(), blueprint),
                "group_ids": groups,
            },
        )


def _model(action: ServerAction, blueprint: Blueprint) -> str:
    return action.model if "." in action.model else blueprint.model(action.model).technical


def _group(key: str) -> Reference:
    return Reference(key) if "." in key else own(f"group_{key}")
