"""Values that carry their tier: the only kind of value that reaches a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, TypeAlias, TypeVar

from mist_connector.bylaws.tiers import Tier

T = TypeVar("T")


@dataclass(frozen=True)
class Tiered(Generic[T]):
    """A value and its tier. Whoever reads the source of the value sets the tier, not the document."""

    value: T
    tier: Tier

    def __repr__(self) -> str:
        """Name the tier only: what is shown here ends in logs and errors."""
        return f"<{self.tier}>"


PublicText: TypeAlias = Annotated[Tiered[str], Tier.PUBLIC]
PublicDate: TypeAlias = Annotated[Tiered[date], Tier.PUBLIC]
PublicNumber: TypeAlias = Annotated[Tiered[int], Tier.PUBLIC]
CommonText: TypeAlias = Annotated[Tiered[str], Tier.COMMON]
CommonFlag: TypeAlias = Annotated[Tiered[bool], Tier.COMMON]
CommonDate: TypeAlias = Annotated[Tiered[date], Tier.COMMON]
CommonCount: TypeAlias = Annotated[Tiered[int | None], Tier.COMMON]
"""A count that may be masked: None."""


def public(value: T) -> Tiered[T]:
    """Mark a value that anybody may read."""
    return Tiered(value, Tier.PUBLIC)


def common(value: T) -> Tiered[T]:
    """Mark a value that every member may read."""
    return Tiered(value, Tier.COMMON)
