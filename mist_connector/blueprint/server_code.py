"""Conditions as Python that the CRM runs: the hooks' reading of the declarations."""

from __future__ import annotations

from datetime import date

from mist_connector.bylaws.conditions import Condition, Span, Time, Unshared

from .declaration import Blueprint, FieldType, Model
from .paths import Path, column_at, is_apart, resolve
from .server_domain import facts_apart


def expression(condition: Condition, *, blueprint: Blueprint, model: Model, record: str = "record") -> str:
    """Return a Python expression, true where the condition holds; it uses `record` and `today`."""

    def inner(part: Condition) -> str:
        return expression(part, blueprint=blueprint, model=model, record=record)

    if condition.all_of is not None:
        return "(" + " and ".join(map(inner, condition.all_of)) + ")"
    if condition.any_of is not None:
        return "(" + " or ".join(map(inner, condition.any_of)) + ")"
    if condition.contrary is not None:
        return f"(not {inner(condition.contrary)})"
    if condition.facts is not None:
        facts = facts_apart if is_apart(condition, model) else matching
        found = f"bool({facts(condition, blueprint=blueprint, model=model, record=record)})"
        return found if condition.exists is not None else f"(not {found})"
    if condition.single is not None:
        path = resolve(condition.single, blueprint=blueprint, model=model)
        return f"(len({record}.{path.columns}) <= 1)"
    return _on_itself(condition, blueprint, model, record)


def _on_itself(condition: Condition, blueprint: Blueprint, model: Model, record: str) -> str:
    """Return an expression on the record's own values."""
    if condition.dated is not None:
        column = f"{record}.{model.field(condition.dated).column}"
        return "(" + " and ".join([column, *_dated(condition, "today", column)]) + ")"
    if condition.day is not None:
        return _day(condition.day, condition, model, record)
    if condition.lasts is not None:
        return _lasts(condition.lasts, blueprint, model, record)
    if condition.unshared is not None:
        return _unshared(condition.unshared, blueprint, model, record)
    if condition.is_set is not None:
        return _is_set(condition.is_set, model, record)
    if condition.field is None:
        raise ValueError("together stands by itself, as the whole of a requirement")
    return f"({record}.{model.field(condition.field).column} == {condition.equals!r})"


def _day(fixed: date, condition: Condition, model: Model, record: str) -> str:
    """Return how long ago a very day is, seen from today or from a date of the record."""
    day = "today" if condition.at is None else f"{record}.{model.field(condition.at).column}"
    literal = f"datetime.date({fixed.year}, {fixed.month}, {fixed.day})"
    return "(" + " and ".join([*([day] if condition.at else []), *_dated(condition, day, literal)]) + ")"


def _unshared(unshared: Unshared, blueprint: Blueprint, model: Model, record: str) -> str:
    path = resolve(unshared.facts, blueprint=blueprint, model=model)
    column = model.field(unshared.same).column
    same = f"fact.{column} == {record}.{column} and fact.x_person_id != {record}.x_person_id"
    return f"(not {record}.{column} or not {record}.{path.columns}.filtered(lambda fact: {same}))"


def _is_set(key: str, model: Model, record: str) -> str:
    field = model.field(key)
    value = f"{record}.{field.column}"
    return f"({value} and {value} <= today)" if field.type is FieldType.DATE else f"bool({value})"


def _lasts(span: Span, blueprint: Blueprint, model: Model, record: str) -> str:
    start, end = (
        f"{record}.{column_at(path, blueprint=blueprint, model=model)}" for path in (span.start, span.end)
    )
    limit = f"{start} + dateutil.relativedelta.relativedelta(months={span.months})"
    return f"({start} and {end} and {end} <= {limit})"


def matching(condition: Condition, *, blueprint: Blueprint, model: Model, record: str = "record") -> str:
    """Return an expression: the records behind the relation of a condition that fulfil it."""
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    path = resolve(condition.facts, blueprint=blueprint, model=model)
    own = condition.at is not None or condition.same or condition.time in {Time.OVERLAPS, Time.DURING}
    if own and record == "fact":
        raise ValueError("what is compared with the record goes with it, not inside another condition")
    start = condition.at or ("since" if condition.time is Time.DURING else None)
    day = "today" if start is None else f"{record}.{model.field(start).column}"
    tests = [*([day] if start else []), *_times(condition.time, day, record), *_dated(condition, day)]
    tests.extend(_shared(condition, model, blueprint.model(path.target), record))
    tests.extend(_tests(condition, blueprint, path))
    tests.extend(f"fact.x_on > {_latest(part, blueprint, model, record)}" for part in condition.after)
    # No comprehension may stand inside another: the CRM's evaluator refuses closures.
    return f"{record}.{path.columns}.filtered(lambda fact: {' and '.join(tests) or 'True'})"


def _tests(condition: Condition, blueprint: Blueprint, path: Path) -> list[str]:
    target = blueprint.model(path.target)
    return [expression(part, blueprint=blueprint, model=target, record="fact") for part in condition.where]


def _shared(condition: Condition, model: Model, target: Model, record: str) -> list[str]:
    """Return what makes the values of a fact those of the record."""
    return [
        f"fact.{target.field(key).column} == {record}.{model.field(key).column}" for key in condition.same
    ]


def _times(time: Time, day: str, record: str) -> list[str]:
    """Return when a fact counts; `day` is today, or a date of the record."""
    return {
        Time.HAPPENED: ["fact.x_on", f"fact.x_on <= {day}"],
        Time.IN_FORCE: [
            "fact.x_since",
            f"fact.x_since <= {day}",
            f"(not fact.x_until or fact.x_until >= {day})",
        ],
        Time.DURING: [
            "fact.x_on",
            "fact.x_on <= today",
            f"fact.x_on > {day}",
            f"(not {record}.x_until or fact.x_on < {record}.x_until)",
        ],
        Time.OVERLAPS: [
            "fact.x_since",
            f"(not {record}.x_until or fact.x_since <= {record}.x_until)",
            f"(not fact.x_until or fact.x_until >= {record}.x_since)",
        ],
        Time.ANY: [],
    }[time]


def _dated(condition: Condition, day: str, column: str = "fact.x_on") -> list[str]:
    """Return how recent, and how old, a date must be."""
    lapses = ((condition.within, ">="), (condition.before, "<="))
    return [
        f"{column} {sign} {day} - dateutil.relativedelta.relativedelta("
        f"months={lapse.months}, days={lapse.days})"
        for lapse, sign in lapses
        if lapse is not None
    ]


def _latest(condition: Condition, blueprint: Blueprint, model: Model, record: str) -> str:
    """Return an expression for the latest date of the facts described, or the first day of all."""
    found = matching(condition, blueprint=blueprint, model=model, record=record)
    return f"max({found}.mapped('x_on') + [datetime.date.min])"
