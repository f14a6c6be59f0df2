"""The records of an in-memory CRM: creating, changing and deleting them as the real one does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from mist_connector.errors import RequestInvalid, WriteRefused
from mist_connector.language import _

from .schema import MANY, Kind, Schema, field_of, fields_of

Row = dict[str, Any]


class Command(IntEnum):
    """What may be asked of a field of several records, by the CRM's own numbers."""

    CREATE = 0
    UPDATE = 1
    DELETE = 2
    UNLINK = 3
    LINK = 4
    CLEAR = 5
    SET = 6


class Store:
    """Rows by model and id. One2many fields are not kept: they are read off their many2one."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._rows: dict[str, dict[int, Row]] = {model: {} for model in schema}
        self._last: dict[str, int] = dict.fromkeys(schema, 0)

    def rows(self, model: str) -> Mapping[int, Row]:
        """Return a model's rows by id, in the order of creation."""
        fields_of(self.schema, model)
        return self._rows[model]

    def save(self) -> tuple[dict[str, dict[int, Row]], dict[str, int]]:
        """Return a copy of everything, to go back to."""
        copies = {model: {key: dict(row) for key, row in rows.items()} for model, rows in self._rows.items()}
        return copies, dict(self._last)

    def restore(self, saved: tuple[dict[str, dict[int, Row]], dict[str, int]]) -> None:
        """Go back to a copy."""
        self._rows, self._last = saved

    def create(self, model: str, values: Mapping[str, Any]) -> int:
        """Create one record and return its id."""
        fields = fields_of(self.schema, model)
        self._last[model] += 1
        identity = self._last[model]
        row = {name: field.empty for name, field in fields.items() if field.kind is not Kind.ONE2MANY}
        self._rows[model][identity] = {**row, "id": identity}
        defaults = {name: field.default for name, field in fields.items() if field.default is not None}
        self._fill(model, identity, {**defaults, **values})
        self._check_required(model, identity)
        return identity

    def write(self, model: str, ids: Iterable[int], values: Mapping[str, Any]) -> None:
        """Change records; those that do not exist are passed over without a word, as by the CRM."""
        known = self.rows(model)
        for identity in [key for key in ids if key in known]:
            self._fill(model, identity, values)
            self._check_required(model, identity)

    def unlink(self, model: str, ids: Iterable[int]) -> None:
        """Delete records, and do to what points at them as their fields say."""
        gone = set(ids)
        for identity in gone:
            self._rows[model].pop(identity, None)
        for holder, fields in self.schema.items():
            for name, field in fields.items():
                if field.relation == model:
                    self._forget(holder, name, gone)

    def related(self, model: str, name: str, identity: int) -> tuple[int, ...]:
        """Return the ids in a relational field, whatever its kind."""
        field = field_of(self.schema, model, name)
        if field.kind is Kind.ONE2MANY:
            rows = self._rows[field.relation].items()
            return tuple(key for key, row in rows if row[field.inverse] == identity)
        value = self._rows[model][identity][name]
        if field.kind is Kind.MANY2MANY:
            return tuple(value)
        return (value,) if value else ()

    def _forget(self, model: str, name: str, gone: set[int]) -> None:
        field = self.schema[model][name]
        if field.kind is Kind.MANY2MANY:
            for row in self._rows[model].values():
                row[name] = tuple(key for key in row[name] if key not in gone)
        if field.kind is not Kind.MANY2ONE:
            return
        orphans = [key for key, row in self._rows[model].items() if row[name] in gone]
        if orphans and field.on_delete == "restrict":
            raise WriteRefused(
                _("L’opération ne peut pas être terminée : un autre modèle a besoin de l’enregistrement.")
            )
        if orphans and field.on_delete == "cascade":
            self.unlink(model, orphans)
            return
        for key in orphans:
            self._rows[model][key][name] = False

    def _fill(self, model: str, identity: int, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            field = field_of(self.schema, model, name)
            if field.kind in MANY:
                self._command_all(model, name, identity, value)
                continue
            stored = field.stored(value)
            if field.kind is Kind.MANY2ONE and stored:
                self._expect(field.relation, stored)
            self._rows[model][identity][name] = stored

    def _command_all(self, model: str, name: str, identity: int, value: Any) -> None:  # noqa: ANN401
        for command in value or ():
            if isinstance(command, int):  # a bare list of ids sets them
                self._command(model, name, identity, (Command.SET, 0, value))
                return
            self._command(model, name, identity, tuple(command))

    def _command(self, model: str, name: str, identity: int, command: tuple[Any, ...]) -> None:
        code, target, argument = (*command, 0, 0)[:3]
        relation = self.schema[model][name].relation
        held = self.related(model, name, identity)
        match code:
            case Command.CREATE:
                self._link(model, name, identity, self._created(model, name, identity, argument))
            case Command.UPDATE:
                self.write(relation, [target], argument)
            case Command.DELETE:
                self.unlink(relation, [target])
            case Command.UNLINK:
                self._hold(model, name, identity, [key for key in held if key != target])
            case Command.LINK:
                self._link(model, name, identity, target)
            case Command.CLEAR:
                self._hold(model, name, identity, [])
            case Command.SET:
                self._hold(model, name, identity, argument)
            case _:
                raise RequestInvalid(
                    _("Le CRM ne connaît pas la commande {code} d’un champ multiple.").format(code=code)
                )

    def _created(self, model: str, name: str, identity: int, values: Mapping[str, Any]) -> int:
        field = self.schema[model][name]
        inverse = {field.inverse: identity} if field.kind is Kind.ONE2MANY else {}
        return self.create(field.relation, {**values, **inverse})

    def _link(self, model: str, name: str, identity: int, target: int) -> None:
        held = self.related(model, name, identity)
        if target not in held:
            self._hold(model, name, identity, [*held, target])

    def _hold(self, model: str, name: str, identity: int, wanted: Iterable[int]) -> None:
        """Make a multiple field hold exactly these ids."""
        field = self.schema[model][name]
        targets = tuple(dict.fromkeys(wanted))
        for target in targets:
            self._expect(field.relation, target)
        if field.kind is Kind.MANY2MANY:
            self._rows[model][identity][name] = tuple(sorted(targets))
            return
        for target in self.related(model, name, identity):
            if target not in targets:
                self._rows[field.relation][target][field.inverse] = False
        for target in targets:
            self._rows[field.relation][target][field.inverse] = identity

    def _expect(self, model: str, identity: int) -> None:
        if identity not in self.rows(model):
            raise WriteRefused(
                _("L’opération ne peut pas être terminée : {model} n’a pas cet enregistrement.").format(
                    model=model
                )
            )

    def _check_required(self, model: str, identity: int) -> None:
        row = self._rows[model][identity]
        for name, field in self.schema[model].items():
            if field.required and row.get(name) is False and field.kind is not Kind.BOOLEAN:
                raise WriteRefused(
                    _("L’opération ne peut pas être terminée : le champ {name} est obligatoire.").format(
                        name=name
                    )
                )
