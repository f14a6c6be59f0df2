"""Fields that the CRM changes by itself, in the write that records the facts which demand it."""

from __future__ import annotations

from mist_connector.bylaws.conditions import Condition

from .declaration import Blueprint, Ended, Field, Kept, Model
from .records import Value
from .server_code import expression, matching
from .today import today_statement
from .triggers import columns_of

# Computed on records only: a form that is being filled would otherwise tell what other people's facts say.
_KEPT = """for record in self:
    kept = record.{column}
    if isinstance(record.id, int):
        kept = bool({during} and (kept or {once}))
    record[{column!r}] = kept"""
_DATE_ENDED = """for record in self:
    last = record.{column}
    ends = {ends} if isinstance(record.id, int) else []
    record[{column!r}] = min([last or datetime.date.max] + ends) if ends else last"""
_CHOICE_ENDED = """for record in self:
    value = record.{column}
    if isinstance(record.id, int) and {ends}:
        value = {becomes!r}
    record[{column!r}] = value"""


def kept(model: Model, field: Field, when: Kept, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM set a flag, and keep it for as long as it is to be kept."""
    once, during = (expression(part, blueprint=blueprint, model=model) for part in (when.once, when.during))
    columns = {name for part in (when.once, when.during) for name in columns_of(part, blueprint, model)}
    return {
        "compute": today_statement(blueprint) + _KEPT.format(column=field.column, once=once, during=during),
        "depends": ",".join(sorted(columns)),
        "copied": False,
        "readonly": True,
    }


def ended(model: Model, field: Field, by: Ended, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM end a field; until then, people write it."""
    if by.becomes is None:
        code = _DATE_ENDED.format(column=field.column, ends=_days(by.by, model, blueprint))
    else:
        ends = matching(by.by, blueprint=blueprint, model=model)
        code = _CHOICE_ENDED.format(column=field.column, ends=ends, becomes=by.becomes)
    return {
        "compute": today_statement(blueprint) + code,
        # What it sets itself makes it look again at nothing.
        "depends": ",".join(sorted({*columns_of(by.by, blueprint, model)} - {field.column})),
    }


def _days(by: Condition, model: Model, blueprint: Blueprint) -> str:
    """Return an expression: the dates of the facts that end something."""
    if by.any_of is not None:
        return "(" + " + ".join(_days(part, model, blueprint) for part in by.any_of) + ")"
    if by.all_of is not None:
        *first, last = by.all_of
        when = " and ".join(expression(each, blueprint=blueprint, model=model) for each in first)
        return f"({_days(last, model, blueprint)} if {when} else [])"
    return f"{matching(by, blueprint=blueprint, model=model)}.mapped('x_on')"
