"""Dotted paths of the declarations, as columns of the CRM."""

from __future__ import annotations

from dataclasses import dataclass

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


def is_apart(path: str, model: Model) -> bool:
    """Tell whether a path names records that the model does not lead to."""
    return any(field.key == path and field.type is FieldType.APART for field in model.fields)


@dataclass(frozen=True)
class Apart:
    """Records that nothing leads to: the columns to whom they are about (none: the record), and its field."""

    columns: str
    owner: Model
    field: Field


def apart_at(path: str, *, blueprint: Blueprint, model: Model) -> Apart | None:
    """Return what a path names if these are records kept apart; KeyError where a link leads nowhere."""
    links, _, last = path.rpartition(".")
    columns = ""
    if links:
        behind = resolve(links, blueprint=blueprint, model=model)
        columns, model = behind.columns, blueprint.model(behind.target)
    found = (each for each in model.fields if each.key == last and each.type is FieldType.APART)
    field = next(found, None)
    return None if field is None else Apart(columns, model, field)


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
