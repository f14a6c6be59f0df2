"""The shape of what a template may use: which values there are, of which kind, in which tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType, NoneType
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from mist_connector.bylaws.tiers import Tier

from .tiered import Tiered


class Kind(StrEnum):
    """What a single value is."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True)
class Scalar:
    """One value; `parts`: of how many texts it was joined."""

    tier: Tier
    kind: Kind
    parts: int = 1


@dataclass(frozen=True)
class Record:
    """Values by name."""

    fields: Mapping[str, Shape]


@dataclass(frozen=True)
class Rows:
    """Any number of records; how many there are is itself information, of this tier."""

    of: Record
    tier: Tier


Shape: TypeAlias = Scalar | Record | Rows

_KINDS: Mapping[type, Kind] = MappingProxyType(
    {str: Kind.TEXT, int: Kind.NUMBER, date: Kind.DATE, bool: Kind.FLAG}
)


def shape_of(context: type) -> Record:
    """Return the shape that a frozen dataclass declares.

    Every field is `Annotated[Tiered[...], Tier.…]`, `Annotated[tuple[Row, ...], Tier.…]` or a dataclass of
    such fields; TypeError for anything else, since a value without a tier must not reach a template.
    """
    hints = get_type_hints(context, include_extras=True)
    return Record(MappingProxyType({field.name: _shape(hints[field.name]) for field in fields(context)}))


def _shape(hint: Any) -> Shape:  # noqa: ANN401 - an annotation
    if isinstance(hint, type) and is_dataclass(hint):
        return shape_of(hint)
    if get_origin(hint) is not Annotated:
        raise TypeError(f"a value without a tier: {hint}")
    inner, tier = get_args(hint)
    if get_origin(inner) is Tiered:
        return Scalar(tier, _kind(get_args(inner)[0]))
    if get_origin(inner) is tuple:
        return Rows(shape_of(get_args(inner)[0]), tier)
    raise TypeError(f"no single value, and no rows: {hint}")


def _kind(value: Any) -> Kind:  # noqa: ANN401 - an annotation
    members = [each for each in get_args(value) if each is not NoneType] or [value]
    return _KINDS[members[0]]
