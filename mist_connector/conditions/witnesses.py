"""The facts by which a condition holds: what the engine's reader answers besides « yes »."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, assert_never

from .forms import (
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
)
from .holds import holds, matching_facts

Witnesses = tuple[Any, ...]


def witnesses(condition: Form, record: object, *, on: date, me: object = None) -> Witnesses | None:
    """Return the facts by which a condition holds, the nearest first; None where it does not hold.

    What holds by the record's own values, or because something is not there, has no witness.
    """
    match condition:
        case AllOf(parts):
            return _of_all(parts, record, on=on, me=me)
        case AnyOf(parts):
            tried = (witnesses(part, record, on=on, me=me) for part in parts)
            return next((found for found in tried if found is not None), None)
        case Exists(wanted):
            for fact in matching_facts(wanted)(record, on, me):
                inner = _of_all(wanted.where, fact, on=on, me=me)
                assert inner is not None  # noqa: S101 - whatever matches fulfils it
                return (fact, *inner)
            return None
        case (
            Not()
            | Lacks()
            | Single()
            | Together()
            | Unshared()
            | IsSet()
            | OneOf()
            | Mine()
            | Dated()
            | Day()
            | Lasts()
        ):
            return () if holds(condition, record, on=on, me=me) else None
        case _ as never:
            assert_never(never)


def _of_all(conditions: Iterable[Form], record: object, *, on: date, me: object) -> Witnesses | None:
    found: list[Any] = []
    for condition in conditions:
        inner = witnesses(condition, record, on=on, me=me)
        if inner is None:
            return None
        found.extend(inner)
    return tuple(found)
