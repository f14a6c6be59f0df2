"""Dotted paths of the declarations, as columns of the CRM."""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.bylaws.conditions import Condition

from .declaration import Blueprint, Field, FieldType, Model

# Every record hangs on the one association: the path by which a record rule finds who works here today.
ASSOCIATION = Field.model_validate(
    {
        "key": "association",
        "type": FieldType.LINK,
        "to": "association",
        "label": {"fr": "Association", "en": "Association"},
    },
)


@dataclass(frozen=True)
class Path:
    """Columns to follow, dotted, and the key of the model at the end."""

    columns: str
    target: str


def is_apart(condition: Condition, model: Model) -> bool:
    """Tell whether a condition asks about records that the model does not lead to."""
    return any(field.key == condition.facts and field.type is FieldType.APART for field in model.fields)


def column_at(path: str, *, blueprint: Blueprint, model: Model) -> str:
    """Return the dotted column at the end of a path of field keys; KeyError names what leads nowhere."""
    links, _, last = path.rpartition(".")
    if not links:
        return model.field(last).column
    behind = resolve(links, blueprint=blueprint, model=model)
    return f"{behind.columns}.{blueprint.model(behind.target).field(last).column}"


def resolve(path: str, *, blueprint: Blueprint, model: Model) -> Path:
    """Follow a dotted path of field keys from a model; KeyError names the first key that leads nowhere."""
    columns = []
    for key in path.split("."):
        field = ASSOCIATION if key == ASSOCIATION.key else model.field(key)
        if field.to is None or field.type is FieldType.APART:
            raise KeyError(key)
        columns.append(field.column)
        model = blueprint.model(field.to)
    return Path(".".join(columns), model.key)
