"""Facts under the names of the CRM's columns, as far as guards and record rules look at its records."""

from __future__ import annotations

import datetime as dt
from functools import cache
from types import SimpleNamespace

import dateutil.relativedelta
import dateutil.tz

from mist_connector.blueprint.compile_edges import edges
from mist_connector.blueprint.declaration import FieldType
from mist_connector.blueprint.paths import ASSOCIATION
from mist_connector.blueprint.pieces import piece_code

MODULES = {"datetime": dt, "dateutil": dateutil}


class Tables:
    """Everybody's facts as the tables of a CRM, at a moment; `rules`: the blueprint whose rules are asked."""

    def __init__(self, everybody, blueprint, *, now=None):
        self.everybody, self.blueprint, self.now = everybody, blueprint, now
        self._edges = {}
        self.cr = SimpleNamespace(execute=lambda _: None, cache={})

    def rows(self, model, linked):
        return Rows(self, self.blueprint.model(model), linked)

    def moment(self, model, column, row):
        """Return what the CRM computes as an edge, or None where the model has no such column."""
        if model.key not in self._edges:
            found = edges(model, self.blueprint)
            self._edges[model.key] = {name: compile(each["compute"], name, "exec") for name, _, each in found}
        code = self._edges[model.key].get(column)
        if code is None:
            return None
        holder = _Holder(row)
        exec(code, {"self": [holder], **MODULES})  # noqa: S102 - our own code
        return holder.values[column]

    def __getitem__(self, technical):
        """Return a model as server code reaches it: to count with all rights, or to run a piece of code."""
        if technical == "ir.model.data":
            return SimpleNamespace(_xmlid_to_res_id=lambda name: name.removeprefix("mist_connector.piece_"))
        if technical == "ir.actions.server":
            return SimpleNamespace(browse=lambda name: _Piece(name, self))
        key = technical.removeprefix("x_mist_")
        facts = [fact for person in self.everybody.people for fact in getattr(person, f"{key}s")]
        table = SimpleNamespace(search_count=lambda domain: len(self.rows(key, facts).search(domain)))
        return SimpleNamespace(sudo=lambda: table)


class _Piece:
    def __init__(self, name, tables):
        self.name, self.tables = name, tables

    def run(self):
        scope = {"env": self.tables, **MODULES}
        exec(_compiled(self.name), scope)  # noqa: S102 - our own code
        return scope["action"]


@cache
def _compiled(piece):
    return compile(piece_code(piece), piece, "exec")


class _Holder:
    def __init__(self, row):
        self.row, self.values = row, {}

    def __getattr__(self, name):
        return getattr(self.row, name)

    def __setitem__(self, name, value):
        self.values[name] = value


class Rows:
    """Records of one model; a single one has values."""

    def __init__(self, tables, model, linked):
        self._tables, self._model = tables, model
        self._linked = tuple({id(each): each for each in linked}.values())

    def __iter__(self):
        return (Rows(self._tables, self._model, [each]) for each in self._linked)

    def __len__(self):
        return len(self._linked)

    def __eq__(self, other):
        if isinstance(other, int):
            return bool(self._linked) and self.id == other
        return {*map(id, self._linked)} == {*map(id, other._linked)}

    def __or__(self, other):
        return Rows(self._tables, self._model, [*self._linked, *other._linked])

    __hash__ = None

    @property
    def id(self):
        return id(self._linked[0])

    def filtered(self, test):
        return Rows(self._tables, self._model, [row._linked[0] for row in self if test(row)])

    def mapped(self, column):
        return [getattr(row, column) for row in self]

    @property
    def env(self):
        return self._tables

    def __getitem__(self, column):
        return getattr(self, column)

    def __getattr__(self, column):
        field = self._field(column)
        if field is not None and field.to is not None:
            target = field.to if "." not in field.to else None
            behind = [record for each in self._linked for record in _behind(each, field)]
            return behind[0] if target is None and behind else self._tables.rows(target, behind)
        if not self._linked:
            return False
        [linked] = self._linked
        if field is None:
            return self._tables.moment(self._model, column, self)
        # What the CRM works out and the engine does not know (`x_lookalike`) is there.
        value = getattr(linked, field.key, None if field.computed is None else "ok")
        return False if value is None else value

    def _field(self, column):
        fields = (*self._model.fields, ASSOCIATION)
        return next(
            (each for each in fields if each.column == column and each.type is not FieldType.APART), None
        )

    def search(self, domain):
        """Return the records that a domain finds."""
        return [row for row in self if _every(list(domain), row, self._tables.now)]


def _behind(linked, field):
    if field is ASSOCIATION:
        return [linked.association]
    value = getattr(linked, field.key)
    if isinstance(value, tuple):
        return value
    return [] if value is None else [value]


# --- domains ------------------------------------------------------------------------------------------------


def _every(terms, row, now):
    while terms:
        if not _take(terms, row, now):
            return False
    return True


def _take(terms, row, now):
    term = terms.pop(0)
    if term == "!":
        return not _take(terms, row, now)
    if term in ("&", "|"):
        left, right = _take(terms, row, now), _take(terms, row, now)
        return (left and right) if term == "&" else (left or right)
    return _holds(*term, row, now)


def _holds(path, sign, value, row, now):
    if isinstance(path, int):
        return path == value
    held = _at(row, path)
    if sign in ("any", "not any"):
        return any(_every(list(value), each, now) for each in held) == (sign == "any")
    if value == "now":
        value = now
    if isinstance(value, str) and value.startswith("today"):
        days = int(value.removeprefix("today").strip(" d") or 0)
        value = now.date() + dt.timedelta(days=days)
    if sign == "in":
        return held in value
    if sign in ("=", "!="):
        return (held == value) == (sign == "=")
    if held is False:
        return False
    return {"<": held < value, "<=": held <= value, ">": held > value, ">=": held >= value}[sign]


def _at(row, path):
    for step in path.split("."):
        row = getattr(row, step)
    return row
