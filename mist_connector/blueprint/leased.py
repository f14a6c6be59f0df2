"""What a lease asks about a person so that some record about her opens, whatever that record says.

A lease is asked of single records of many models, and the engine knows the facts about a person, not every
record. So what a lease asks of the record's own values counts as given, and what the record may lead to is
looked for among everybody's facts. What is left is asked of the person herself, by the engine.
"""

from __future__ import annotations

from dataclasses import fields, replace
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
from .fact_models import shapes_of

_ALWAYS, _NEVER = AllOf(()), AnyOf(())
_PERSON = "person"
# What every record about somebody leads to.
_EVERYWHERE = frozenset({_PERSON, "association"})


def of_some_record(condition: Form, model: Model, blueprint: Blueprint) -> Form:
    """Return what holds of a person if a condition may hold of a record of `model` about her."""
    return _Loosened(model, blueprint).read(condition, given=True)


class _Loosened:
    """A condition on a record, loosened to what it asks of the person whom the record is about.

    `given`: whether what is not known counts as holding; it turns with each « not ».
    """

    def __init__(self, model: Model, blueprint: Blueprint) -> None:
        self._model, self._blueprint = model, blueprint
        self._known = frozenset(each.name for each in fields(shapes_of(blueprint).facts))

    def read(self, condition: Form, *, given: bool) -> Form:
        match condition:
            case AllOf(parts):
                return AllOf(tuple(self.read(part, given=given) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self.read(part, given=given) for part in parts))
            case Not(part):
                return Not(self.read(part, given=not given))
            case Exists(wanted):
                known = self._wanted(wanted, widened=given)
                return Exists(known) if known else _unknown(given)
            case Lacks(wanted):
                known = self._wanted(wanted, widened=not given)
                return Lacks(known) if known else _unknown(given)
            case IsSet(key) | OneOf(key) | Mine(key) | Dated(key):
                return condition if self._hers(key) else _unknown(given)
            case Day(seen_from=None):
                return condition
            case Day() | Lasts() | Single() | Unshared() | Together():
                return _unknown(given)
            case _ as never:
                assert_never(never)

    def _hers(self, key: str) -> bool:
        """Tell whether a field or relation of the record is one of the person's known facts."""
        return self._model.key == _PERSON and key in self._known

    def _wanted(self, wanted: Wanted, *, widened: bool) -> Wanted | None:
        """Return the facts as the person leads to them; None where she does not.

        `widened`: those that the record may lead to are looked for among everybody's.
        """
        if wanted.timing.after or wanted.timing.same or not _seen_from_today(wanted.timing.when):
            return None
        first, dot, rest = wanted.path.partition(".")
        if first in _EVERYWHERE or self._hers(first):
            return wanted
        kind = self._kind(first)
        return replace(wanted, path=f"association.{kind}{dot}{rest}") if widened and kind else None

    def _kind(self, key: str) -> str | None:
        """Return the kind of fact that a field of the record leads to, where the engine knows it."""
        to = self._model.field(key).to
        person = self._blueprint.model(_PERSON)
        kinds = (each.key for each in person.fields if each.type is FieldType.MANY and each.to == to)
        return next((kind for kind in kinds if kind in self._known), None)


def _unknown(given: bool) -> Form:  # noqa: FBT001 - the very truth that is taken for granted
    return _ALWAYS if given else _NEVER


def _seen_from_today(when: When) -> bool:
    match when:
        case Ever() | Happened(None) | InForce(None):
            return True
        case Happened() | InForce() | During() | Overlaps():
            return False
        case _ as never:
            assert_never(never)
