"""A record that the CRM holds, in the same shape whether it is desired or observed: equality is the diff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mist_connector.bylaws.text import Text

MODULE = "mist_connector"


@dataclass(frozen=True, order=True)
class Reference:
    """A record named by its external id, `module.name`; `#` marks one that has none."""

    xmlid: str

    def __str__(self) -> str:
        """Read as the external id."""
        return self.xmlid


Value = str | int | bool | None | Text | Reference | frozenset[Reference]


def own(name: str) -> Reference:
    """Return the reference to a record of ours."""
    return Reference(f"{MODULE}.{name}")


def group_reference(key: str) -> Reference:
    """Return the reference to a group: one of ours by its key, one of the CRM's by its external id."""
    return Reference(key) if "." in key else own(f"group_{key}")


@dataclass(frozen=True)
class Record:
    """One record: its external id without our prefix, its model, and the values that we answer for.

    `rules` (ids of the bylaws) tell why it is there; they are no part of its identity or content.
    One that `needs` a module of the CRM's is there only where that module is.
    """

    name: str
    model: str
    values: Mapping[str, Value]
    rules: tuple[str, ...] = field(default=(), compare=False)
    needs: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Freeze the values."""
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        """Hash by identity; content is compared by equality."""
        return hash((self.name, self.model))

    def in_french(self) -> Record:
        """Return the record as the CRM shows it in French, which is how it is observed."""
        values = {name: value.fr if isinstance(value, Text) else value for name, value in self.values.items()}
        return Record(self.name, self.model, values, self.rules, self.needs)
