"""Facts that a model does not lead to, counted by a guard: conditions as a domain within the guard's code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mist_connector.conditions.forms import (
    AllOf,
    AnyOf,
    Dated,
    Day,
    Exists,
    Form,
    IsSet,
    Lacks,
    Lasts,
    Mine,
    Not,
    OneOf,
    Single,
    Together,
    Unread,
    Unshared,
    Wanted,
)
from mist_connector.conditions.timing import Age, During, Ever, Happened, InForce, Overlaps, When

from .declaration import Blueprint, FieldType, Model
from .domain_terms import both, either, one_of
from .paths import apart_at

LOOKALIKE = "x_lookalike"
_LAST = "datetime.date.max"


def facts_apart(wanted: Wanted, *, blueprint: Blueprint, model: Model, record: str) -> str:
    """Return an expression: how many records there are behind a relation that the model does not show.

    One query whatever it finds, so that the time it takes tells nothing.
    """
    if wanted.timing.after:
        raise Unread(f"un garde ne lit pas « after » sur des faits tenus à part ({wanted.path})")
    apart = apart_at(wanted.path, blueprint=blueprint, model=model)
    if apart is None:
        raise KeyError(wanted.path)
    target, owner = blueprint.model(apart.field.to or ""), apart.owner
    inner = [_term(part, target) for part in wanted.where]
    who = ".".join(part for part in (record, apart.columns) if part)
    shared = [
        f"('{target.field(key).column}', '=', {record}.{model.field(key).column})"
        for key in wanted.timing.same
    ]
    start, times = _times(wanted.timing.when, model, record)
    domain = ", ".join([f"('x_{owner.key}_id', '=', {who}.id)", *times, *shared, *inner])
    # What the CRM opens by itself is there before it is counted.
    first = f"{who}.{LOOKALIKE} and " if any(each.column == LOOKALIKE for each in owner.fields) else ""
    count = f"({first}self.env['{target.technical}'].sudo().search_count([{domain}]))"
    return f"({start} and {count})" if start else count


def people_apart(wanted: Wanted, *, blueprint: Blueprint, model: Model) -> str:
    """Return an expression: the numbers of those of `self` who have such records.

    One query for all of them, whatever it finds, so that the time it takes tells nothing.
    """
    start, times = _times(wanted.timing.when, model, "record")
    if wanted.timing.after or wanted.timing.same or start or isinstance(wanted.timing.when, Overlaps):
        raise Unread(f"pour beaucoup à la fois, rien ne compare deux fiches ({wanted.path})")
    target, column = blueprint.model(model.field(wanted.path).to or ""), f"x_{model.key}_id"
    inner = [_term(part, target) for part in wanted.where]
    domain = ", ".join([f"('{column}', 'in', self.ids)", *times, *inner])
    found = f"self.env['{target.technical}'].sudo().search_fetch([{domain}], ['{column}'])"
    return f"{found}.mapped('{column}').ids"


def _times(when: When, model: Model, record: str) -> tuple[str | None, list[str]]:
    """Return the date of the record that must be there, if any, and when a fact counts."""

    def day(start: str | None) -> str:
        return "today" if start is None else f"{record}.{model.field(start).column}"

    match when:
        case Ever(age):
            return None, list(_ages("x_on", age, "today"))
        case Happened(start, age):
            times = [f"('x_on', '<=', {day(start)})", *_ages("x_on", age, day(start))]
            return (day(start) if start else None), times
        case InForce(start):
            last = f"'|', ('x_until', '=', False), ('x_until', '>=', {day(start)})"
            return (day(start) if start else None), [f"('x_since', '<=', {day(start)})", last]
        case During(start):
            last = f"('x_on', '<', {record}.x_until or {_LAST})"
            return day(start), ["('x_on', '<=', today)", f"('x_on', '>', {day(start)})", last]
        case Overlaps():
            last = f"'|', ('x_until', '=', False), ('x_until', '>=', {record}.x_since)"
            return None, [f"('x_since', '<=', {record}.x_until or {_LAST})", last]
        case _ as never:
            assert_never(never)


def _term(condition: Form, target: Model) -> str:
    """Return what is asked of a fact's own values."""
    match condition:
        case AllOf(parts):
            return both([_term(part, target) for part in parts])
        case AnyOf(parts):
            return either([_term(part, target) for part in parts])
        case Not(part):
            return f"'!', {_term(part, target)}"
        case OneOf(key, values):
            return one_of(target.field(key).column, values)
        case IsSet(key):
            column = target.field(key).column
            dated = target.field(key).type is FieldType.DATE
            return f"('{column}', '<=', today)" if dated else f"('{column}', '!=', False)"
        case Dated(key, age):
            column = target.field(key).column
            return both([f"('{column}', '!=', False)", *_ages(column, age, "today")])
        case Mine() | Exists() | Lacks() | Day() | Lasts() | Single() | Unshared() | Together():
            what = f"un garde ne demande à des faits tenus à part que leurs valeurs, pas {condition}"
            raise Unread(what)
        case _ as never:
            assert_never(never)


def _ages(column: str, age: Age, day: str) -> Iterator[str]:
    for lapse, sign in ((age.within, ">="), (age.before, "<=")):
        if lapse is not None:
            ago = f"dateutil.relativedelta.relativedelta(months={lapse.months}, days={lapse.days})"
            yield f"('{column}', '{sign}', {day} - {ago})"
