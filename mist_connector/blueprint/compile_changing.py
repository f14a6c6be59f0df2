"""Fields that the CRM changes by itself, in the write that records the facts which demand it."""

from __future__ import annotations

from mist_connector.conditions.forms import AllOf, AnyOf, Exists, Form, Unread

from .compile_status import again_statement
from .declaration import Blueprint, Ended, Field, First, Kept, Model
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
_PEOPLE = "self.filtered(lambda one: isinstance(one.id, int)).mapped('x_person_id')"
_FIRST = """for record in self:
    first = record.{column}
    if isinstance(record.id, int):
        # What can never be right is refused by the name of the field that it stands in, not by this one.
        dates = {facts}.mapped('x_on') if record.x_status in {status!r} else []
        possible = [day for day in dates if day.year >= {earliest}]
        first = min(possible) if possible else False
    record[{column!r}] = first"""
_DATE_ENDED = """for record in self:
    last = record.{planned}
    ends = {ends} if isinstance(record.id, int) else []
    if ends:
        # What began only after the facts that end it ends on its first day.
        last = max([min([last or datetime.date.max] + ends)] + [day for day in [{since}] if day])
    record[{column!r}] = last"""
_CHOICE_ENDED = """for record in self:
    value = record.{column}
    if isinstance(record.id, int) and {ends}:
{keep}        value = {becomes!r}
{fall_back}    record[{column!r}] = value"""
# Where what ended it is withdrawn as a mistake, it is again what it was.
_KEEP = """        if value and value != {becomes!r}:
            record[{kept!r}] = value
"""
_FALL_BACK = """    elif isinstance(record.id, int) and record.{kept}:
        value = record.{kept}
        record[{kept!r}] = False
"""


def kept(model: Model, field: Field, when: Kept, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM set a flag, and keep it for as long as it is to be kept."""
    once, during = (expression(part, blueprint=blueprint, model=model) for part in (when.once, when.during))
    columns = {name for part in (when.once, when.during) for name in columns_of(part, blueprint, model)}
    # What it keeps rests on her status: on the one that the facts give, should somebody have written another.
    looks = any(column.endswith(".x_status") for column in columns)
    before = again_statement(_PEOPLE) if looks else ""
    code = before + _KEPT.format(column=field.column, once=once, during=during)
    return {
        "compute": today_statement(blueprint) + code,
        "depends": ",".join(sorted(columns)),
        "copied": False,
        "readonly": True,
    }


def first(model: Model, field: Field, of: First, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes a date follow the earliest of some facts, in the write that records them."""
    if not isinstance(of.facts, Exists):
        raise Unread("un champ « first » suit des faits : « exists »")
    facts = matching(of.facts.wanted, blueprint=blueprint, model=model)
    code = _FIRST.format(
        column=field.column, facts=facts, status=list(of.status), earliest=blueprint.sound.earliest
    )
    columns = {*columns_of(of.facts, blueprint, model), "x_status"}
    return {
        "compute": today_statement(blueprint) + code,
        "depends": ",".join(sorted(columns)),
        "copied": False,
    }


def ended(model: Model, field: Field, by: Ended, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM end a field; until then, people write it."""
    if by.becomes is None:
        code = _DATE_ENDED.format(
            column=field.column,
            ends=_days(by.by, model, blueprint),
            since="record.x_since" if model.last else "False",
            planned=model.field(by.planned).column if by.planned else field.column,
        )
    else:
        ends = expression(by.by, blueprint=blueprint, model=model)
        kept = model.field(by.kept_in).column if by.kept_in else ""
        code = _CHOICE_ENDED.format(
            column=field.column,
            ends=ends,
            becomes=by.becomes,
            keep=_KEEP.format(becomes=by.becomes, kept=kept) if kept else "",
            fall_back=_FALL_BACK.format(kept=kept) if kept else "",
        )
    named = {*columns_of(by.by, blueprint, model)}
    if by.planned:
        named |= {model.field(by.planned).column, "x_since"}
    return {
        "compute": today_statement(blueprint) + code,
        # What it sets itself makes it look again at nothing.
        "depends": ",".join(sorted(named - {field.column})),
        "readonly": by.planned is not None,
    }


def _days(by: Form, model: Model, blueprint: Blueprint) -> str:
    """Return an expression: the dates of the facts that end something."""
    match by:
        case Exists(wanted):
            return f"{matching(wanted, blueprint=blueprint, model=model)}.mapped('x_on')"
        case AnyOf(parts):
            return "(" + " + ".join(_days(part, model, blueprint) for part in parts) + ")"
        case AllOf((*first, last)):
            when = " and ".join(expression(each, blueprint=blueprint, model=model) for each in first)
            return f"({_days(last, model, blueprint)} if {when} else [])"
        case _:
            raise Unread("ce qui finit un champ est « exists », « any », ou « all » qui finit par « exists »")
