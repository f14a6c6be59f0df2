"""An in-memory CRM behind the port: for tests, and for whoever wants to see what mist would do."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mist_connector.crm.port import ServerVersion
from mist_connector.crm.transports.request import plain
from mist_connector.errors import RequestInvalid
from mist_connector.language import _

from .carried import require_answerable, require_sendable
from .domain import matcher
from .schema import MANY, FieldSchema, Kind, Schema, field_of, fields_of
from .store import Row, Store

Method = Callable[..., Any]

_ACTIVE = ("active", "x_active")
_NAME = ("name", "x_name")
_USER = 2


class MemoryCrm:
    """A CRM without server, database or rights: it does what its schema says, each call wholly or not at all.

    It passes the same conformance suite as the real transports (`tests/unit/crm/test_conformance.py`).
    It knows `create`, `write`, `unlink`, `read`, `search`, `search_count`, `search_read`, `fields_get`, and
    the `methods` it is given, by model and method: they are called with this CRM, `ids` and the arguments.
    It carries what all three transports carry, and refuses the rest (`carried`), of requests and of answers.
    Of a context it heeds only `active_test`; it knows no language, right, rule or default that is not in the
    schema, and sorts text by code point.
    """

    def __init__(
        self,
        schema: Schema,
        *,
        login: str = "mist@example.org",
        version: ServerVersion = ServerVersion(19, 0, "19.0"),  # noqa: B008 - a frozen value
        methods: Mapping[tuple[str, str], Method] | None = None,
    ) -> None:
        self._store = Store(schema)
        self._login = login
        self._version = version
        self._methods = dict(methods or {})
        self._requests = 0

    @property
    def requests(self) -> int:
        """How many calls were made: each would be one HTTP request."""
        return self._requests

    @property
    def login(self) -> str:
        """The login of the account."""
        return self._login

    def version(self) -> ServerVersion:
        """Return the version that this CRM was made with."""
        return self._version

    def uid(self) -> int:
        """Return the id of the account's user."""
        return _USER

    def close(self) -> None:
        """Do nothing: there is no connection."""

    def call(
        self,
        model: str,
        method: str,
        /,
        *,
        ids: Sequence[int] | None = None,
        context: Mapping[str, Any] | None = None,
        **arguments: Any,  # noqa: ANN401 - as heterogeneous as the CRM's own methods
    ) -> Any:  # noqa: ANN401
        """Do one call; if it fails, nothing of it has happened."""
        self._requests += 1
        sent, heeded = plain(arguments), plain(context or {})
        require_sendable([sent, heeded, list(ids or ())])
        saved = self._store.save() if method not in _READING else None
        try:
            answer = self._dispatch(model, method, ids, heeded, sent)
        except BaseException:
            if saved is not None:
                self._store.restore(saved)
            raise
        require_answerable(answer)
        return answer

    def _dispatch(
        self, model: str, method: str, ids: Sequence[int] | None, context: Row, arguments: Row
    ) -> Any:  # noqa: ANN401
        if (model, method) in self._methods:
            return self._methods[model, method](self, ids=ids, **arguments)
        fields_of(self._store.schema, model)
        if method in _MODEL_METHODS and ids is None:
            function = getattr(self, f"_{method}")
            return _called(function, model, context, arguments)
        if method in _RECORD_METHODS and ids is not None:
            function = getattr(self, f"_{method}")
            return _called(function, model, tuple(ids), arguments)
        raise RequestInvalid(
            _("Le CRM ne permet pas l’appel {model}.{method} ainsi.").format(model=model, method=method)
        )

    def _create(self, model: str, _context: Row, *, vals_list: Sequence[Row]) -> list[int]:
        return [self._store.create(model, values) for values in vals_list]

    def _write(self, model: str, ids: tuple[int, ...], *, vals: Row) -> bool:
        self._store.write(model, ids, vals)
        return True

    def _unlink(self, model: str, ids: tuple[int, ...]) -> bool:
        self._store.unlink(model, ids)
        return True

    def _read(
        self,
        model: str,
        ids: tuple[int, ...],
        *,
        fields: Sequence[str] | None = None,
        load: str | bool | None = "_classic_read",
    ) -> list[Row]:
        names = list(dict.fromkeys(fields or [*fields_of(self._store.schema, model), "display_name"]))
        readers = {name: self._reader(model, name, named=load == "_classic_read") for name in names}
        found = [identity for identity in ids if identity in self._store.rows(model)]
        return [{"id": key, **{name: reader(key) for name, reader in readers.items()}} for key in found]

    def _search(
        self,
        model: str,
        context: Row,
        *,
        domain: Sequence[Any],
        offset: int = 0,
        limit: int | None = None,
        order: str | None = None,
    ) -> list[int]:
        test = matcher(self._store, model, [*domain, *self._only_active(model, domain, context)])
        found = self._sorted(model, [key for key in self._store.rows(model) if test(key)], order or "id")
        return found[offset : offset + limit if limit else None]

    def _search_count(
        self, model: str, context: Row, *, domain: Sequence[Any], limit: int | None = None
    ) -> int:
        return len(self._search(model, context, domain=domain, limit=limit))

    def _search_read(
        self,
        model: str,
        context: Row,
        *,
        domain: Sequence[Any] | None = None,
        fields: Sequence[str] | None = None,
        offset: int = 0,
        limit: int | None = None,
        order: str | None = None,
        load: str | bool | None = "_classic_read",
    ) -> list[Row]:
        found = self._search(model, context, domain=domain or [], offset=offset, limit=limit, order=order)
        return self._read(model, tuple(found), fields=fields, load=load)

    def _fields_get(
        self,
        model: str,
        _context: Row,
        *,
        allfields: Sequence[str] | None = None,
        attributes: Sequence[str] | None = None,
    ) -> dict[str, Row]:
        described = {
            name: _described(name, field) for name, field in fields_of(self._store.schema, model).items()
        }
        return {
            name: {key: value for key, value in about.items() if not attributes or key in attributes}
            for name, about in described.items()
            if not allfields or name in allfields
        }

    def _reader(self, model: str, name: str, *, named: bool) -> Callable[[int], Any]:
        """Return what reads one field of a record, as the CRM answers it."""
        if name == "display_name":
            return lambda key: self._display_name(model, key)
        field = field_of(self._store.schema, model, name)
        if field.kind in MANY:
            return lambda key: list(self._store.related(model, name, key))
        rows = self._store.rows(model)
        if field.kind is not Kind.MANY2ONE or not named:
            return lambda key: rows[key][name]

        def pair(key: int) -> Any:  # noqa: ANN401
            target = rows[key][name]
            return [target, self._display_name(field.relation, target)] if target else False

        return pair

    def _display_name(self, model: str, identity: int) -> str:
        row = self._store.rows(model)[identity]
        return next((row[name] for name in _NAME if row.get(name)), f"{model},{identity}")

    def _only_active(self, model: str, domain: Sequence[Any], context: Row) -> list[Any]:
        """Leave archived records out, as the CRM does unless the domain or the context speaks of them."""
        named = {term[0] for term in domain if not isinstance(term, str) and isinstance(term, Sequence)}
        flags = [name for name in _ACTIVE if name in self._store.schema[model] and name not in named]
        return [(name, "=", True) for name in flags if context.get("active_test", True)]

    def _sorted(self, model: str, ids: list[int], order: str) -> list[int]:
        """Sort by several fields: the last first, since sorting keeps what was equal in place."""
        rows = self._store.rows(model)
        for part in reversed(order.split(",")):
            name, _, direction = part.strip().partition(" ")
            field = field_of(self._store.schema, model, name)
            ids = sorted(
                ids,
                key=lambda key, name=name, field=field: _rank(rows[key][name], field),  # type: ignore[misc]
                reverse=direction.strip().lower() == "desc",
            )
        return ids


_MODEL_METHODS = frozenset({"create", "search", "search_count", "search_read", "fields_get"})
_RECORD_METHODS = frozenset({"write", "unlink", "read"})
_READING = frozenset({"search", "search_count", "search_read", "fields_get", "read"})


def _called(function: Method, model: str, subject: object, arguments: Row) -> Any:  # noqa: ANN401
    """Call one of our methods, or say like the CRM that its arguments do not fit."""
    try:
        inspect.signature(function).bind(model, subject, **arguments)
    except TypeError:
        pass
    else:
        return function(model, subject, **arguments)
    raise RequestInvalid(
        _("Le CRM ne permet pas l’appel {model}.{method} ainsi.").format(
            model=model, method=function.__name__.lstrip("_")
        )
    )


def _described(name: str, field: FieldSchema) -> Row:
    about: Row = {"type": str(field.kind), "string": name, "required": field.required}
    if field.relation:
        about["relation"] = field.relation
    if field.kind is Kind.ONE2MANY:
        about["relation_field"] = field.inverse
    if field.kind is Kind.SELECTION:
        about["selection"] = [[option, option] for option in field.options]
    return about


def _rank(value: Any, field: FieldSchema) -> tuple[bool, Any]:  # noqa: ANN401
    """Put what is not filled in last, as the CRM's database does."""
    unset = value is False and field.kind is not Kind.BOOLEAN
    return unset, 0 if unset else value
