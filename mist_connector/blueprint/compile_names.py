"""Names that staff read beside the neutral codes: joined on the person, shown on the facts about her."""

from __future__ import annotations

from .declaration import Blueprint, Field, FieldType, Model
from .paths import resolve
from .records import Value

# Computed with the rights of who looks (the CRM's own related fields would read with all rights).
_SHOWN = """for record in self:
    record[{column!r}] = record.{path}"""
# The fields that say in words which record it is, beside its neutral code.
_TELLING = ("called", "title")
_JOINED = """for record in self:
    record[{column!r}] = {value}"""


def joined(model: Model, field: Field) -> dict[str, Value]:
    """Return what makes the CRM join fields of the same record: stored, so that lists are sorted by it."""
    columns = [[model.field(key).column for key in group] for group in field.joins]
    value = " or ".join(map(_together, columns))
    return {
        "compute": _JOINED.format(column=field.column, value=value),
        "depends": ",".join(column for group in columns for column in group),
        "copied": False,
        "readonly": True,
    }


def shown(model: Model, field: Field, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM show a field of another model, stored nowhere else."""
    prefix, target, last = _behind(model, field, blueprint)
    path = f"{prefix}.{target.field(last).column}"
    return {
        "compute": _SHOWN.format(column=field.column, path=path),
        "depends": path,
        "store": False,
        "copied": False,
        "readonly": True,
    }


def followed(model: Model, field: Field, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes a choice follow the same choice of another model: stored, so that guards see it."""
    return {**shown(model, field, blueprint), "store": True}


def shown_from(model: Model, field: Field, blueprint: Blueprint) -> tuple[Model, Field]:
    """Return the model and the field that a field shows; KeyError names a key that leads nowhere."""
    _, target, last = _behind(model, field, blueprint)
    return target, target.field(last)


def columns_searched(model: Model, field: Field, blueprint: Blueprint) -> list[str]:
    """Return the stored columns that a search for this field looks into, the parts of a name included."""
    if field.joins:
        parts = [model.field(key).column for group in field.joins for key in group]
        return [field.column, *parts, *(each.column for each in model.fields if each.folds)]
    if field.of is None:
        return [field.column]
    prefix, target, last = _behind(model, field, blueprint)
    return [f"{prefix}.{column}" for column in columns_searched(target, target.field(last), blueprint)]


def naming(model: Model, blueprint: Blueprint) -> tuple[str, str] | None:
    """Return the column that says which record it is, and the path to the one that it is searched by."""
    shows = next((field for field in model.fields if field.key in _TELLING), None)
    if shows is None:
        return None
    if shows.type is not FieldType.SHOWN:
        return shows.column, next((field.column for field in model.fields if field.folds), shows.column)
    prefix, target, _ = _behind(model, shows, blueprint)
    searched = next((field.column for field in target.fields if field.folds), None)
    return (shows.column, f"{prefix}.{searched}") if searched else None


def _behind(model: Model, field: Field, blueprint: Blueprint) -> tuple[str, Model, str]:
    links, _, last = (field.of or "").rpartition(".")
    path = resolve(links, blueprint=blueprint, model=model)
    return path.columns, blueprint.model(path.target), last


def _together(columns: list[str]) -> str:
    values = ", ".join(f"record.{column}" for column in columns)
    return f"' '.join([part for part in ({values},) if part])"
