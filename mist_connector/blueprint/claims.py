"""What a write claims anew: a guard judges that, and never what the write gives up.

Of each record with a first and a last day, the CRM keeps the values that it accepted last (model `claim`). A
hook is judged where a value that it rests on is another one, or where the last day is later. So ending is
never refused, whatever has changed since; and who ends a term, then lengthens it again, claims it anew.

The values stand in a table of their own, which no account reads or writes: a value kept beside the term could
be written together with it, and the database's own row may hold the new values before the guard runs.
"""

from __future__ import annotations

from collections.abc import Iterable

from .declaration import Blueprint, Field, FieldType, Model

CLAIM = "claim"
_KINDS = {FieldType.DATE, FieldType.CHOICE, FieldType.LINK, FieldType.FLAG, FieldType.NUMBER}

_KEEP_ALL = (
    "INSERT INTO x_mist_claim (x_{key}_id, x_accepted) SELECT id, {values} FROM {table}"
    " WHERE x_guard IS NOT NULL AND id NOT IN"
    " (SELECT x_{key}_id FROM x_mist_claim WHERE x_{key}_id IS NOT NULL)"
)


def claims(model: Model, blueprint: Blueprint) -> bool:
    """Tell whether the CRM keeps what it accepted of a model: it has a term, and hooks."""
    return model.last is not None and any(hook.model == model.key for hook in blueprint.hooks)


def claims_of(model: Model, blueprint: Blueprint) -> dict[str, object] | None:
    """Return what the piece `guard_opens` compares of records; None where nothing is kept of them."""
    if not claims(model, blueprint):
        return None
    fields = _fields(model)
    return {
        "key": model.key,
        "columns": [(field.column, field.type is FieldType.LINK) for field in fields],
        "lasts": [field.column for field in fields if field.column in {"x_until", model.last}],
        "entered": [
            field.column for field in model.fields if field.computed is not None and field.computed.entered
        ],
    }


def claimed_anew(columns: Iterable[str], model: Model) -> str:
    """Return an expression: whether one of these columns claims something; true where one is not kept."""
    kept = {field.column for field in _fields(model)}
    own = sorted(set(columns))
    if any(column not in kept for column in own):
        return "True"
    return "(" + " or ".join(f"anew[{column!r}]" for column in own) + ")"


def keeping_all(blueprint: Blueprint) -> str:
    """Return code that keeps what the CRM accepted before, of records of which nothing is kept yet."""
    kept = "".join(_keeping_all(model) for model in blueprint.models if claims(model, blueprint))
    return f"env.flush_all()\n{kept}" if kept else ""


def _keeping_all(model: Model) -> str:
    pairs = [f"'{field.column}=' || {_as_text(field)}" for field in _fields(model)]
    values = " || chr(10) || ".join(pairs)
    statement = _KEEP_ALL.format(key=model.key, table=model.technical, values=values)
    return f"env.cr.execute({statement!r})\n"


def _fields(model: Model) -> list[Field]:
    """Return the fields of which the values are kept: no text, which may tell who somebody is."""
    return [field for field in model.fields if field.type in _KINDS]


def _as_text(field: Field) -> str:
    """Return a column as Python writes its value."""
    if field.type is FieldType.FLAG:
        return f"CASE WHEN {field.column} THEN 'True' ELSE 'False' END"
    nothing = "0" if field.type is FieldType.NUMBER else "False"
    return f"COALESCE({field.column}::text, '{nothing}')"
