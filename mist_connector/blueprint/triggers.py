"""The columns that a condition looks at: their change is what makes the CRM compute it again."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.conditions import Condition, Time

from .declaration import Blueprint, FieldType, Model
from .paths import column_at, is_apart, resolve

DATES = {
    Time.HAPPENED: ("on",),
    Time.IN_FORCE: ("since", "until"),
    Time.DURING: ("on",),
    Time.OVERLAPS: ("since", "until"),
    Time.ANY: (),
}


def columns_of(condition: Condition, blueprint: Blueprint, model: Model, prefix: str = "") -> Iterator[str]:
    """Return every column that a condition looks at, dotted from the model."""
    for part in (*condition.parts, *condition.after):
        yield from columns_of(part, blueprint, model, prefix)
    at = condition.at if condition.day is not None else None
    for key in (condition.is_set, condition.field, condition.dated, at):
        if key is not None:
            yield prefix + model.field(key).column
    if condition.lasts is not None:
        for path in (condition.lasts.start, condition.lasts.end):
            yield prefix + column_at(path, blueprint=blueprint, model=model)
    if condition.single is not None:
        yield prefix + resolve(condition.single, blueprint=blueprint, model=model).columns
    if condition.unshared is not None:
        yield from (prefix + model.field(key).column for key in (condition.unshared.same, "person"))
    if condition.together is not None:
        dated = ("since", "until", condition.together.same)
        yield from (prefix + model.field(key).column for key in dated)
    if condition.facts is not None and not is_apart(condition, model):
        yield from _behind(condition, blueprint, model, prefix)


def _behind(condition: Condition, blueprint: Blueprint, model: Model, prefix: str) -> Iterator[str]:
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    path = resolve(condition.facts, blueprint=blueprint, model=model)
    target, inside = blueprint.model(path.target), f"{prefix}{path.columns}."
    if condition.at is not None:
        yield prefix + model.field(condition.at).column
    if condition.time in {Time.OVERLAPS, Time.DURING}:
        yield from (prefix + model.field(key).column for key in ("since", "until"))
    dates = DATES[condition.time]
    yield from (inside + target.field(key).column for key in dates)
    for key in condition.same:
        yield from (prefix + model.field(key).column, inside + target.field(key).column)
    if condition.after and any(field.type is FieldType.DATE for field in target.fields):
        yield f"{inside}x_on"
    for part in condition.where:
        yield from columns_of(part, blueprint, target, inside)
    if not condition.where and not condition.same and not dates:
        yield inside.removesuffix(".")
