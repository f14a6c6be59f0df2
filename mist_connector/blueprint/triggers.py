"""The columns that a condition looks at: their change is what makes the CRM compute it again."""

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
    Unshared,
    Wanted,
)
from mist_connector.conditions.timing import During, Ever, Happened, InForce, Overlaps, When

from .declaration import Blueprint, FieldType, Model
from .paths import apart_at, column_at, resolve

ONCE = ("on",)


def columns_of(condition: Form, blueprint: Blueprint, model: Model, prefix: str = "") -> Iterator[str]:
    """Yield every column that a condition looks at, dotted from the model."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from columns_of(part, blueprint, model, prefix)
        case Not(part):
            yield from columns_of(part, blueprint, model, prefix)
        case Exists(wanted) | Lacks(wanted):
            yield from _behind(wanted, blueprint, model, prefix)
        case Single(path):
            yield prefix + resolve(path, blueprint=blueprint, model=model).columns
        case Unshared(same=same):
            yield from _own((same, "person"), model, prefix)
        case Together():
            yield from _crowded(condition, blueprint, model, prefix)
        case Lasts(start, end):
            for path in (start, end):
                yield prefix + column_at(path, blueprint=blueprint, model=model)
        case IsSet(key) | OneOf(key) | Mine(key) | Dated(key):
            yield from _own((key,), model, prefix)
        case Day(seen_from=start):
            yield from _own((start,) if start else (), model, prefix)
        case _ as never:
            assert_never(never)


def _crowded(crowd: Together, blueprint: Blueprint, model: Model, prefix: str) -> Iterator[str]:
    yield from _own((*_term(model), crowd.same), model, prefix)
    if crowd.where is not None:
        yield from columns_of(crowd.where, blueprint, model, prefix)


def _own(keys: tuple[str, ...], model: Model, prefix: str) -> Iterator[str]:
    for key in keys:
        yield prefix + model.field(key).column


def _behind(wanted: Wanted, blueprint: Blueprint, model: Model, prefix: str) -> Iterator[str]:
    """Yield the columns of facts that are looked at; what is kept apart makes nothing computed again."""
    for earlier in wanted.timing.after:
        yield from _behind(earlier, blueprint, model, prefix)
    apart = apart_at(wanted.path, blueprint=blueprint, model=model)
    if apart is not None:
        if apart.columns:
            yield f"{prefix}{apart.columns}"
        return
    path = resolve(wanted.path, blueprint=blueprint, model=model)
    target, inside = blueprint.model(path.target), f"{prefix}{path.columns}."
    own, dates = _dates(wanted.timing.when, model, target)
    if wanted.timing.after and any(field.type is FieldType.DATE for field in target.fields):
        dates = (*dates, "on")
    yield from _own((*own, *wanted.timing.same), model, prefix)
    yield from _own((*dates, *wanted.timing.same), target, inside)
    for part in (*wanted.where, *((target.counts,) if target.counts else ())):
        yield from columns_of(part, blueprint, target, inside)
    if not wanted.where and not wanted.timing.same and not dates:
        yield inside.removesuffix(".")


def _term(model: Model) -> tuple[str, str]:
    """Return the keys of the first and the last day of a model's records; KeyError where they have none."""
    if model.last is None:
        raise KeyError("until")
    return "since", model.last.removeprefix("x_")


def _dates(when: When, model: Model, target: Model) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the dates of the record, and those of a fact, by which it counts."""
    match when:
        case Ever(age):
            return (), ONCE if age else ()
        case Happened(start):
            return ((start,) if start else ()), ONCE
        case InForce(start):
            return ((start,) if start else ()), _term(target)
        case During(start):
            return tuple({"since", "until", start}), ONCE
        case Overlaps():
            return _term(model), _term(target)
        case _ as never:
            assert_never(never)
