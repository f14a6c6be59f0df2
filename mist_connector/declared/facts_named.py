"""The facts that a condition names: each must be one that the engine knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import assert_never, get_args, get_type_hints

from mist_connector.bylaws.facts import Candidacy, CommonFacts, Facts, Function, Mandate
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

Unknown = tuple[str, tuple[str, ...]]
_TERM = ("since", "until")


class _Everybody(CommonFacts, Facts):
    """What the association leads to: everybody's facts of each kind, and its own."""


# The person, somebody or something that a fact names, the account of a function, and the association.
_LINKS: Mapping[str, object] = {
    "person": Facts,
    "met": Facts,
    "mentor": Facts,
    "function": Function,
    "candidacy": Candidacy,
    "replaces": Mandate,
    "user": int,
    "association": _Everybody,
}


def facts_not_known(condition: Form, shape: type) -> Iterator[Unknown]:
    """Yield each word of the condition that facts of this shape do not have, with those that they have."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from facts_not_known(part, shape)
        case Not(part):
            yield from facts_not_known(part, shape)
        case Exists(wanted) | Lacks(wanted):
            yield from _behind(wanted, shape)
        case Single(path) | Unshared(path) | Together(path):
            yield from _first_step(path, shape)
        case Lasts(start, end):
            yield from _first_step(start, shape)
            yield from _first_step(end, shape)
        case IsSet(field) | OneOf(field) | Mine(field) | Dated(field):
            yield from _words((field,), shape)
        case Day(seen_from=start):
            yield from _words((start,) if start else (), shape)
        case _ as never:
            assert_never(never)


def _words(words: tuple[str, ...], shape: type) -> Iterator[Unknown]:
    known = _known(shape)
    yield from ((word, tuple(known)) for word in words if word not in known)


def _first_step(path: str, shape: type) -> Iterator[Unknown]:
    yield from _words((path.partition(".")[0],), shape)


def _behind(wanted: Wanted, shape: type) -> Iterator[Unknown]:
    own, dates = _dates(wanted.timing.when)
    yield from _words(own, shape)
    for earlier in wanted.timing.after:
        yield from _behind(earlier, shape)
    target = shape
    for step in wanted.path.split("."):
        known = _known(target)
        below = _shape(known.get(step))
        if below is None:
            yield step, tuple(known)
            return
        target = below
    inside = _hints(target)
    yield from ((word, tuple(inside)) for word in dates if word not in inside)
    yield from _words(wanted.timing.same, shape)
    for part in wanted.where:
        yield from facts_not_known(part, target)


def _dates(when: When) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the dates of the record, and those of a fact, by which it counts."""
    match when:
        case Ever(age):
            return (), ("on",) if age else ()
        case Happened(start):
            return ((start,) if start else ()), ("on",)
        case InForce(start):
            return ((start,) if start else ()), _TERM
        case During(start):
            return (start, "until"), ("on",)
        case Overlaps():
            return _TERM, _TERM
        case _ as never:
            assert_never(never)


def _known(shape: type) -> dict[str, object]:
    """Return what facts of a shape have, and what links add."""
    return {**_hints(shape), **_LINKS}


@cache
def _hints(shape: type) -> dict[str, object]:
    """Return the type of each field of a kind of fact (working it out costs as much as reading a file)."""
    return get_type_hints(shape)


def _shape(hint: object) -> type | None:
    """Return the kind of fact behind a relation, or None where there is no relation."""
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and is_dataclass(each):
            return each
    return None
