"""The files that the register is imported from and exported to: which model each is of, and its columns."""

from __future__ import annotations

from pydantic import Field as Bound

from mist_connector.strict import Strict

from .compile_fields import CODE
from .declaration import KEY, Blueprint, Field, FieldType, Model

NAME = "name"


class RegisterTable(Strict):
    """One file: the fields of its model that are its columns, in order, and the title above each.

    `key`: the columns that make two lines the same fact. `updates`: those that an import may change.
    `separately`: only when asked for by name, since the ordinary account may not see it.
    """

    file: str = Bound(pattern=KEY)
    model: str
    columns: dict[str, str] = Bound(min_length=1)
    key: tuple[str, ...] = Bound(min_length=1)
    updates: tuple[str, ...] = ()
    separately: bool = False

    @property
    def filename(self) -> str:
        """The name of the file."""
        return f"{self.file}.csv"


def field_of(model: Model, key: str) -> Field:
    """Return the field behind a column; `name` is the neutral code that every record has."""
    if key == NAME:
        return Field(key=NAME, type=FieldType.TEXT, label=CODE, required=True)
    return model.field(key)


def linked(blueprint: Blueprint, model: Model, key: str) -> Model | None:
    """Return the model of ours that a column names by code, if it does."""
    field = field_of(model, key)
    return blueprint.model(field.to) if field.type is FieldType.LINK and field.to else None
