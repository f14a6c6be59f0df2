"""Conditions as domains that the CRM compares when a query runs: the record rules' reading."""

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
from mist_connector.remembered import Remembered

from .declaration import Blueprint, FieldType, Lease, Model
from .domain_terms import EVERYTHING, NOBODY, both, either, one_of
from .edges import CLOSES, OPENS, Edge
from .paths import resolve
from .records import MODULE

# Each edge that is looked at, with the key of the model that has it.
Edges = frozenset[tuple[str, Edge]]


def policy(leases: list[Lease], *, blueprint: Blueprint, model: Model) -> str:
    """Return the domain of the records that at least one of the leases opens; nobody's without any.

    Unread for what record rules do not support; KeyError for a field or relation that the model lacks.
    """
    reading = _Rule(blueprint)
    return f"[{either([reading.lease(lease, model) for lease in leases])}]"


def _edges(blueprint: Blueprint) -> Edges:
    reading = _Rule(blueprint)
    for model in blueprint.models:
        for lease in blueprint.frame.leases:
            if lease.key in model.access:
                reading.lease(lease, model)
    return frozenset(reading.edges)


# The edges that the rules of a blueprint look at.
edges_read = Remembered(_edges)


def _closes(model: Model) -> Edge:
    """Return the edge at which a term of a model ends."""
    return Edge(model.last or CLOSES.day, past=True)


class _Rule:
    """Conditions as terms of a record rule; the edges that the terms look at are noted.

    The literal 'now' is resolved by the server at each query: this is what makes a right a lease. What closes
    something (`closing`) is judged the other way round: where no moment can be told, it counts as there.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self.edges: set[tuple[str, Edge]] = set()

    def lease(self, lease: Lease, model: Model) -> str:
        """Return the terms of what a lease opens."""
        if lease.holds is None:
            return f"{EVERYTHING} if user.has_group('{MODULE}.group_{lease.group}') else {NOBODY}"
        return self._term(lease.holds, model, closing=False)

    def _term(self, condition: Form, model: Model, *, closing: bool) -> str:
        match condition:
            case AllOf(parts):
                return both([self._term(part, model, closing=closing) for part in parts])
            case AnyOf(parts):
                return either([self._term(part, model, closing=closing) for part in parts])
            case Not(part):
                return f"'!', {self._term(part, model, closing=not closing)}"
            case Exists(wanted):
                return self._behind("any", wanted, model, closing=closing)
            case Lacks(wanted):
                return self._behind("not any", wanted, model, closing=not closing)
            case OneOf(key, values):
                return one_of(model.field(key).column, values)
            case Mine(key):
                return f"('{model.field(key).column}', '=', user.id)"
            case IsSet(key):
                return self._set(key, model, closing=closing)
            case Dated(key, age):
                return self._dated(key, age, model, closing=closing)
            case Day() | Lasts() | Single() | Unshared() | Together():
                raise Unread(f"une règle d’accès ne sait pas lire la forme {type(condition).__name__}")
            case _ as never:
                assert_never(never)

    def _behind(self, operator: str, wanted: Wanted, model: Model, *, closing: bool) -> str:
        when, after, same = wanted.timing.when, wanted.timing.after, wanted.timing.same
        if after or same:
            raise Unread(f"une règle d’accès ne sait lire ni « after » ni « same » ({wanted.path})")
        path = resolve(wanted.path, blueprint=self._blueprint, model=model)
        target = self._blueprint.model(path.target)
        times = list(self._times(when, target, wanted.path, closing=closing))
        parts = (*wanted.where, *((target.counts,) if target.counts else ()))
        where = [self._term(part, target, closing=closing) for part in parts]
        return f"('{path.columns}', '{operator}', [{', '.join([*times, *where])}])"

    def _times(self, when: When, model: Model, path: str, *, closing: bool) -> Iterator[str]:
        match when:
            case Ever(age):
                yield from self._ages("x_on", age, model, closing=closing)
            case Happened(None, age):
                yield self._moment(Edge("x_on"), "<=", model, closing=closing)
                yield from self._ages("x_on", age, model, closing=closing)
            case InForce(None):
                yield from self._in_force(model, closing=closing)
            case Happened() | InForce() | During() | Overlaps():
                what = "« at », « during » ni « overlaps », qui comparent deux fiches"
                raise Unread(f"une règle d’accès ne sait lire ni {what} ({path})")
            case _ as never:
                assert_never(never)

    def _in_force(self, model: Model, *, closing: bool) -> Iterator[str]:
        """Yield the terms of what is in force.

        The days are looked at all the same, with one to spare, should a moment be written by hand: 'today' is
        the day in the zone of whoever asks, or of her request.
        """
        if closing:
            yield self._moment(OPENS, "<=", model, closing=True)
            yield self._moment(_closes(model), ">", model, closing=True)
            return
        yield f"{self._moment(OPENS, '<=', model, closing=False)}, ('x_since', '<=', 'today +1d')"
        closes = self._moment(_closes(model), ">", model, closing=False)
        yield f"'|', ('{model.last}', '=', False), '&', {closes}, ('{model.last}', '>=', 'today -1d')"

    def _set(self, key: str, model: Model, *, closing: bool) -> str:
        field = model.field(key)
        if field.type is not FieldType.DATE:
            return f"('{field.column}', '!=', False)"
        moment = self._moment(Edge(field.column), "<=", model, closing=closing)
        return both([f"('{field.column}', '!=', False)", moment])

    def _dated(self, key: str, age: Age, model: Model, *, closing: bool) -> str:
        column = model.field(key).column
        there = f"('{column}', '!=', False)"
        return both([there, *self._ages(column, age, model, closing=closing)])

    def _ages(self, day: str, age: Age, model: Model, *, closing: bool) -> Iterator[str]:
        if age.within is not None:
            yield self._moment(Edge(day, age.within, past=True), ">", model, closing=closing)
        if age.before is not None:
            yield self._moment(Edge(day, age.before), "<=", model, closing=closing)

    def _moment(self, edge: Edge, sign: str, model: Model, *, closing: bool) -> str:
        self.edges.add((model.key, edge))
        term = f"('{edge.column}', '{sign}', 'now')"
        return f"'|', ('{edge.column}', '=', False), {term}" if closing else term
