"""The facts that a condition names: each must be one that the engine knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import assert_never, get_args, get_type_hints

from mist_connector.bylaws.fact_shapes import FactShapes
from mist_connector.bylaws.facts import Candidacy, Function, Mandate
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
# What a fact names: somebody, another fact, the account of a function.
_PEOPLE = ("person", "met", "mentor")
_LINKS: Mapping[str, object] = {
    "function": Function,
    "candidacy": Candidacy,
    "replaces": Mandate,
    "user": int,
}


def facts_not_known(condition: Form, shape: type, kinds: FactShapes) -> Iterator[Unknown]:
    """Yield each word of the condition that facts of this shape do not have, with those that they have."""
    yield from _Named(kinds).unknown(condition, shape)


def values_named(condition: Form, field: str) -> Iterator[str]:
    """Yield each value that a condition compares a field of this name with, wherever it does."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from values_named(part, field)
        case Not(part):
            yield from values_named(part, field)
        case Exists(wanted) | Lacks(wanted):
            yield from _values_behind(wanted, field)
        case OneOf(name, values) if name == field:
            yield from (value for value in values if isinstance(value, str))
        case _:
            return


def _values_behind(wanted: Wanted, field: str) -> Iterator[str]:
    for part in wanted.where:
        yield from values_named(part, field)
    for earlier in wanted.timing.after:
        yield from _values_behind(earlier, field)


class _Named:
    """What conditions may name, by the kinds of fact that an association records."""

    def __init__(self, kinds: FactShapes) -> None:
        people = dict.fromkeys(_PEOPLE, kinds.person)
        self._links: Mapping[str, object] = {**_LINKS, **people, "association": kinds.everybody}

    def unknown(self, condition: Form, shape: type) -> Iterator[Unknown]:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    yield from self.unknown(part, shape)
            case Not(part):
                yield from self.unknown(part, shape)
            case Exists(wanted) | Lacks(wanted):
                yield from self._behind(wanted, shape)
            case Single(path) | Unshared(path) | Together(path):
                yield from self._first_step(path, shape)
            case Lasts(start, end):
                yield from self._first_step(start, shape)
                yield from self._first_step(end, shape)
            case IsSet(field) | OneOf(field) | Mine(field) | Dated(field):
                yield from self._words((field,), shape)
            case Day(seen_from=start):
                yield from self._words((start,) if start else (), shape)
            case _ as never:
                assert_never(never)

    def _words(self, words: tuple[str, ...], shape: type) -> Iterator[Unknown]:
        known = self._known(shape)
        yield from ((word, tuple(known)) for word in words if word not in known)

    def _first_step(self, path: str, shape: type) -> Iterator[Unknown]:
        yield from self._words((path.partition(".")[0],), shape)

    def _behind(self, wanted: Wanted, shape: type) -> Iterator[Unknown]:
        own, dates = _dates(wanted.timing.when)
        yield from self._words(own, shape)
        for earlier in wanted.timing.after:
            yield from self._behind(earlier, shape)
        target = shape
        for step in wanted.path.split("."):
            known = self._known(target)
            below = _shape(known.get(step))
            if below is None:
                yield step, tuple(known)
                return
            target = below
        inside = _hints(target)
        yield from ((word, tuple(inside)) for word in dates if word not in inside)
        yield from self._words(wanted.timing.same, shape)
        for part in wanted.where:
            yield from self.unknown(part, target)

    def _known(self, shape: type) -> dict[str, object]:
        """Return what facts of a shape have, and what links add."""
        return {**_hints(shape), **self._links}


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
