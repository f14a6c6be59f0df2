"""The files that the register is imported from and exported to: which model each is of, and its columns."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Bound

from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict

from .compile_fields import CODE
from .declaration import Blueprint, Field, FieldType, Model
from .keys import KEY

NAME = "name"


class Implied(Strict):
    """A fact that a column of a list states: the table that it belongs to, and what else the fact says.

    `headings` are those of such a column, whose cells are the day; `day` and `person` are columns of the
    table.
    """

    headings: tuple[str, ...] = Bound(min_length=1)
    file: str
    day: str
    person: str = "person"
    values: dict[str, str | bool] = Bound(default_factory=dict)


class Recognised(Strict):
    """How people of a list are told from those who are there: by their names and an address.

    `gone`: the statuses of those whose return is for somebody to decide.
    """

    names: tuple[str, ...] = Bound(min_length=1)
    addresses: tuple[str, ...] = Bound(min_length=1)
    status: str
    gone: tuple[str, ...] = ()


class LeftOut(Strict):
    """Headings of lists that have no column here, and why."""

    headings: tuple[str, ...] = Bound(min_length=1)
    reason: Text


class RegisterTable(Strict):
    """One file: the fields of its model that are its columns, in order, and the title above each.

    `key`: the columns that make two lines the same fact. `updates`: those that an import may change.
    `separately`: only when asked for by name, since the ordinary account may not see it. `last`: what an
    import writes once the facts of all files are in. `shapes`: columns that hold addresses. Of lists that
    others made: `also` are other headings of a column, `joined` headings of one column for several (in their
    order), `implied` facts that a column states, `left` what has no column here. `recognised`: how records
    without a code are found again; where it is there, the code may be left to mist.
    `given`: an import takes it only when asked for by name, from direction or from the account that installs.
    """

    file: str = Bound(pattern=KEY)
    model: str
    columns: dict[str, str] = Bound(min_length=1)
    key: tuple[str, ...] = Bound(min_length=1)
    updates: tuple[str, ...] = ()
    separately: bool = False
    last: tuple[str, ...] = ()
    shapes: dict[str, Literal["email", "phone"]] = Bound(default_factory=dict)
    also: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    joined: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    implied: tuple[Implied, ...] = ()
    left: tuple[LeftOut, ...] = ()
    recognised: Recognised | None = None
    given: bool = False

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
