"""Facts of the register as rows of values, the same type whether they come from a file or from the CRM."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from mist_connector.blueprint.register import RegisterTable
from mist_connector.errors import Place

Value = str | bool | date | None
Key = tuple[Value, ...]


@dataclass(frozen=True)
class Row:
    """One fact: its values by column; links are the neutral codes of what they lead to.

    Where it was written, or which record it is, tells nothing of what it says.
    """

    values: Mapping[str, Value]
    place: Place | None = field(default=None, compare=False)
    id: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Freeze the values."""
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def key(self, table: RegisterTable) -> Key:
        """Return what tells this fact from others of its table; a column left out counts as empty."""
        return tuple(self.values.get(column) or None for column in table.key)
