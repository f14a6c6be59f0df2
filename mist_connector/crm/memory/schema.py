"""The models of an in-memory CRM: what fields they have, and which values these take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from mist_connector.errors import RequestInvalid
from mist_connector.language import _


class Kind(StrEnum):
    """The kinds of field, by the CRM's own names."""

    BINARY = "binary"
    BOOLEAN = "boolean"
    CHAR = "char"
    DATE = "date"
    DATETIME = "datetime"
    FLOAT = "float"
    HTML = "html"
    INTEGER = "integer"
    MANY2MANY = "many2many"
    MANY2ONE = "many2one"
    ONE2MANY = "one2many"
    SELECTION = "selection"
    TEXT = "text"


MANY = frozenset({Kind.MANY2MANY, Kind.ONE2MANY})


@dataclass(frozen=True)
class FieldSchema:
    """One field: `relation` is the model it points to, `inverse` the many2one behind a one2many.

    `options` are a selection's values; `on_delete` is what happens to the record of a many2one when
    the record that it points to goes.
    """

    kind: Kind
    relation: str = ""
    inverse: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    on_delete: Literal["set null", "cascade", "restrict"] = "set null"
    default: Any = None

    @property
    def empty(self) -> Any:  # noqa: ANN401 - 0, 0.0, () or False, by kind
        """The value of a field that nobody has filled in, as the CRM answers it."""
        if self.kind in MANY:
            return ()
        return {Kind.INTEGER: 0, Kind.FLOAT: 0.0}.get(self.kind, False)

    def stored(self, value: Any) -> Any:  # noqa: ANN401
        """Return a scalar value as the CRM keeps it.

        Raises `RequestInvalid` for one that the CRM cannot read.
        """
        if value is None or value is False:
            return self.empty
        try:
            return self._converted(value)
        except (TypeError, ValueError):
            pass
        raise RequestInvalid(
            _("Une valeur ne convient pas à un champ de type {kind}.").format(kind=self.kind)
        )

    def _converted(self, value: Any) -> Any:  # noqa: ANN401
        match self.kind:
            case Kind.BOOLEAN:
                return bool(value)
            case Kind.INTEGER | Kind.MANY2ONE:
                return int(value)
            case Kind.FLOAT:
                return float(value)
            case Kind.DATE:
                return date.fromisoformat(value[:10]).isoformat()
            case Kind.DATETIME:
                return datetime.fromisoformat(value).strftime("%Y-%m-%d %H:%M:%S")
            case Kind.SELECTION if value not in self.options:
                raise ValueError(self.kind)
        return str(value)


ModelSchema = Mapping[str, FieldSchema]
Schema = Mapping[str, ModelSchema]


def fields_of(schema: Schema, model: str) -> ModelSchema:
    """Return a model's fields, or raise `RequestInvalid` as the real CRM makes us do."""
    if model not in schema:
        raise RequestInvalid(_("Le CRM ne connaît pas le modèle {model}.").format(model=model))
    return {"id": FieldSchema(Kind.INTEGER), **schema[model]}


def field_of(schema: Schema, model: str, name: str) -> FieldSchema:
    """Return one field of a model, or raise `RequestInvalid`."""
    fields = fields_of(schema, model)
    if name not in fields:
        raise RequestInvalid(
            _("Le CRM ne connaît pas le champ {name} ({model}).").format(name=name, model=model)
        )
    return fields[name]
