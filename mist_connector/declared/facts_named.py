"""The facts that a condition names: each must be one that the engine knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import get_args, get_type_hints

from mist_connector.bylaws.conditions import Condition, Time
from mist_connector.bylaws.facts import Facts

_DATES = {
    Time.HAPPENED: ("on",),
    Time.IN_FORCE: ("since", "until"),
    Time.DURING: ("on",),
    Time.OVERLAPS: ("since", "until"),
    Time.ANY: (),
}

Unknown = tuple[str, tuple[str, ...]]


def facts_not_known(condition: Condition, shape: type) -> Iterator[Unknown]:
    """Yield each word of the condition that facts of this shape do not have, with those that they have."""
    known = {**get_type_hints(shape), **_linked(shape)}
    for part in (*condition.parts, *condition.after):
        yield from facts_not_known(part, shape)
    for word in _words(condition):
        if word not in known:
            yield word, tuple(known)
    if condition.facts is not None:
        yield from _behind(condition, known)


def _words(condition: Condition) -> Iterator[str]:
    if condition.lasts is not None:
        yield from (condition.lasts.start, condition.lasts.end)
    at = condition.at if condition.day is not None else None
    yield from (word for word in (condition.is_set, condition.field, condition.dated, at) if word is not None)


def _behind(condition: Condition, known: dict[str, object]) -> Iterator[Unknown]:
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    first, _, rest = condition.facts.partition(".")
    if first not in known:
        yield first, tuple(known)
        return
    shape = _shape(known[first])
    if shape is None:
        yield condition.facts, tuple(known)
        return
    if rest and first == "association":
        return  # everybody's facts: what leads there is checked where the CRM's own words are
    if rest:
        yield from facts_not_known(condition.model_copy(update=_renamed(condition, rest)), shape)
        return
    inside = get_type_hints(shape)
    yield from ((word, tuple(inside)) for word in _DATES[condition.time] if word not in inside)
    for part in condition.where:
        yield from facts_not_known(part, shape)


def _linked(shape: type) -> dict[str, object]:
    """Return what links add to the facts of a person: herself, whom she met, and the association."""
    return {"person": Facts, "met": Facts, "mentor": Facts, "association": shape}


def _renamed(condition: Condition, path: str) -> dict[str, object]:
    form = "exists" if condition.exists is not None else "none"
    return {form: path, "after": ()}


def _shape(hint: object) -> type | None:
    """Return the kind of fact behind a relation, or None where there is no relation."""
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and is_dataclass(each):
            return each
    return None
