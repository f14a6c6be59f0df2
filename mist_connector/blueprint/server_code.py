"""Conditions as Python that the CRM runs: the guards' reading of the declarations."""

from __future__ import annotations

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
from mist_connector.conditions.timing import ANY_AGE, Age, During, Ever, Happened, InForce, Overlaps, When

from .declaration import Blueprint, FieldType, Model
from .paths import Path, apart_at, column_at, resolve
from .server_apart import facts_apart

# The names of a fact within the function that looks at each of several, and of the one that led to it.
_FACT = "fact"
_OUTER = "outer"


def expression(condition: Form, *, blueprint: Blueprint, model: Model, record: str = "record") -> str:
    """Return a Python expression, true where the condition holds; it uses `record` and `today`.

    Unread for what guards do not support: whoever asks (a guard looks at facts alone), and `together` within
    another condition. KeyError for a field or relation that the model does not have.
    """

    def joined(parts: tuple[Form, ...], word: str, empty: str) -> str:
        each = (expression(part, blueprint=blueprint, model=model, record=record) for part in parts)
        return f"({f' {word} '.join(each) or empty})"

    match condition:
        case AllOf(parts):
            return joined(parts, "and", "True")
        case AnyOf(parts):
            return joined(parts, "or", "False")
        case Not(part):
            return f"(not {expression(part, blueprint=blueprint, model=model, record=record)})"
        case Exists(wanted):
            return f"bool({_found(wanted, blueprint, model, record)})"
        case Lacks(wanted):
            return f"(not {_found(wanted, blueprint, model, record)})"
        case Single(path):
            return f"(len({record}.{resolve(path, blueprint=blueprint, model=model).columns}) <= 1)"
        case Lasts():
            return _lasts(condition, blueprint, model, record)
        case Unshared():
            return _unshared(condition, blueprint, model, record)
        case Together():
            raise Unread("un garde ne lit « together » que seul, comme tout ce qu’une exigence demande")
        case IsSet() | OneOf() | Mine() | Dated() | Day():
            return _on_itself(condition, model, record)
        case _ as never:
            assert_never(never)


def _on_itself(condition: IsSet | OneOf | Mine | Dated | Day, model: Model, record: str) -> str:
    """Return an expression on the record's own values."""
    match condition:
        case IsSet(key):
            return _is_set(key, model, record)
        case OneOf(key, values):
            test = f"== {values[0]!r}" if len(values) == 1 else f"in {values!r}"
            return f"({record}.{model.field(key).column} {test})"
        case Mine(key):
            raise Unread(f"un garde ne sait pas qui demande : « {key} » égal à « me »")
        case Dated(key, age):
            column = f"{record}.{model.field(key).column}"
            return "(" + " and ".join([column, *aged(age, "today", column)]) + ")"
        case Day(day, age, start):
            literal = f"datetime.date({day.year}, {day.month}, {day.day})"
            seen_from = _day(start, model, record)
            own = [] if start is None else [seen_from]
            return "(" + " and ".join([*own, *aged(age, seen_from, literal)]) + ")"
        case _ as never:
            assert_never(never)


def _found(wanted: Wanted, blueprint: Blueprint, model: Model, record: str) -> str:
    if apart_at(wanted.path, blueprint=blueprint, model=model) is not None:
        return facts_apart(wanted, blueprint=blueprint, model=model, record=record)
    return matching(wanted, blueprint=blueprint, model=model, record=record)


def _unshared(unshared: Unshared, blueprint: Blueprint, model: Model, record: str) -> str:
    if record in {_FACT, _OUTER}:
        raise Unread("un garde ne lit pas « unshared » à l’intérieur d’une autre condition")
    path = resolve(unshared.path, blueprint=blueprint, model=model)
    column = model.field(unshared.same).column
    same = f"fact.{column} == {record}.{column} and fact.x_person_id != {record}.x_person_id"
    return f"(not {record}.{column} or not {record}.{path.columns}.filtered(lambda fact: {same}))"


def _is_set(key: str, model: Model, record: str) -> str:
    field = model.field(key)
    value = f"{record}.{field.column}"
    return f"({value} and {value} <= today)" if field.type is FieldType.DATE else f"bool({value})"


def _lasts(span: Lasts, blueprint: Blueprint, model: Model, record: str) -> str:
    start, end = (
        f"{record}.{column_at(path, blueprint=blueprint, model=model)}" for path in (span.start, span.end)
    )
    limit = f"{start} + dateutil.relativedelta.relativedelta(months={span.months})"
    return f"({start} and {end} and {end} <= {limit})"


def matching(wanted: Wanted, *, blueprint: Blueprint, model: Model, record: str = "record") -> str:
    """Return an expression: the records behind a relation that fulfil what is asked of them."""
    path = resolve(wanted.path, blueprint=blueprint, model=model)
    target = blueprint.model(path.target)
    # Within another function, the fact that leads here comes in as a default: the CRM's evaluator refuses
    # closures, and comprehensions inside another. A guard's own record is known everywhere.
    inside = record in {_FACT, _OUTER}
    beside, known = (_OUTER, f", {_OUTER}={record}") if inside else (record, "")
    same, after = wanted.timing.same, wanted.timing.after
    tests = [*_times(wanted.timing.when, model, target, beside)]
    tests.extend(f"fact.{target.field(key).column} == {beside}.{model.field(key).column}" for key in same)
    tests.extend(_tests(wanted, blueprint, path))
    if target.counts is not None:
        tests.append(expression(target.counts, blueprint=blueprint, model=target, record=_FACT))
    tests.extend(f"fact.x_on > {_latest(part, blueprint, model, beside)}" for part in after)
    return f"{record}.{path.columns}.filtered(lambda fact{known}: {' and '.join(tests) or 'True'})"


def _tests(wanted: Wanted, blueprint: Blueprint, path: Path) -> list[str]:
    target = blueprint.model(path.target)
    return [expression(part, blueprint=blueprint, model=target, record=_FACT) for part in wanted.where]


def _day(start: str | None, model: Model, record: str) -> str:
    return "today" if start is None else f"{record}.{model.field(start).column}"


def _times(when: When, model: Model, target: Model, record: str) -> list[str]:
    """Return when a fact counts; what is looked at from a date of the record needs that date."""
    ends, own_ends = f"fact.{target.last}", f"{record}.{model.last}"
    match when:
        case Ever(age):
            return ["fact.x_on", *aged(age, "today")] if age else []
        case Happened(start, age):
            day = _day(start, model, record)
            own = [day] if start else []
            return [*own, "fact.x_on", f"fact.x_on <= {day}", *aged(age, day)]
        case InForce(start):
            day = _day(start, model, record)
            own = [day] if start else []
            last = f"(not {ends} or {ends} >= {day})"
            return [*own, "fact.x_since", f"fact.x_since <= {day}", last]
        case During(start):
            day = _day(start, model, record)
            # Its planned end: by this very condition, the CRM may be about to bring that end forward.
            last = f"(not {record}.x_until or fact.x_on < {record}.x_until)"
            return [day, "fact.x_on", "fact.x_on <= today", f"fact.x_on > {day}", last]
        case Overlaps():
            first = f"(not {own_ends} or fact.x_since <= {own_ends})"
            return ["fact.x_since", first, f"(not {ends} or {ends} >= {record}.x_since)"]
        case _ as never:
            assert_never(never)


def aged(age: Age = ANY_AGE, day: str = "today", column: str = "fact.x_on") -> list[str]:
    """Return how recent, and how old, a date must be."""
    return [
        f"{column} {sign} {day} - dateutil.relativedelta.relativedelta("
        f"months={lapse.months}, days={lapse.days})"
        for lapse, sign in ((age.within, ">="), (age.before, "<="))
        if lapse is not None
    ]


def _latest(wanted: Wanted, blueprint: Blueprint, model: Model, record: str) -> str:
    """Return an expression for the latest date of the facts described, or the first day of all."""
    found = matching(wanted, blueprint=blueprint, model=model, record=record)
    return f"max({found}.mapped('x_on') + [datetime.date.min])"
