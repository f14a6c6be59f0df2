"""What an import would do: facts wanted against facts held; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.declared.reading import quoted, suggest
from mist_connector.errors import Place, Problem
from mist_connector.language import _

from .observing import ObservedRegister
from .proposing import columns_of
from .reading import Rows
from .rows import Row, Value


@dataclass(frozen=True)
class TableImport:
    """What an import does in one table.

    `kept` are the places of lines that differ from the CRM in what an import never changes; `changed` are the
    lines that updates come from.
    """

    table: RegisterTable
    creates: tuple[Row, ...] = ()
    updates: Mapping[int, Mapping[str, Value]] = field(default_factory=lambda: MappingProxyType({}))
    kept: tuple[Place, ...] = ()
    same: int = 0
    changed: Mapping[int, Row] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class ImportPlan:
    """What an import does in every table; built once, shown, then applied."""

    tables: tuple[TableImport, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return self.size == 0

    @property
    def size(self) -> int:
        """How many records are made or changed."""
        return sum(len(table.creates) + len(table.updates) for table in self.tables)


def plan_import(wanted: Rows, held: ObservedRegister, tables: Sequence[RegisterTable]) -> ImportPlan:
    """Compare the rows of files with those of the CRM, table by table, in the order of their declaration."""
    return ImportPlan(
        tuple(
            _compare(table, wanted[table.file], held.rows.get(table.file, ()))
            for table in tables
            if table.file in wanted
        )
    )


def dangling(
    wanted: Rows, held: ObservedRegister, tables: Sequence[RegisterTable], blueprint: Blueprint
) -> Iterator[Problem]:
    """Yield the codes that lead to nothing, neither in the files nor in the CRM."""
    known = {key: set(codes) for key, codes in held.codes.items()}
    for table in tables:
        if NAME in table.columns:
            known.setdefault(table.model, set()).update(_coming(table, wanted, held))
    for table in tables:
        for column in columns_of(table, blueprint):
            target = column.target
            for row in wanted.get(table.file, ()) if target is not None else ():
                code = row.values.get(column.key)
                if target is not None and code is not None and code not in known[target.key]:
                    what = _("code inconnu {code} sous {heading}").format(
                        code=quoted(str(code)), heading=quoted(column.heading)
                    )
                    assert row.place is not None  # noqa: S101 - rows of files have a place
                    yield Problem(row.place, what, suggest(str(code), known[target.key]))


def _coming(table: RegisterTable, wanted: Rows, held: ObservedRegister) -> Iterator[str]:
    """Yield the codes that lines will have; a fact that is there already keeps its own."""
    there = {row.key(table) for row in held.rows.get(table.file, ())}
    for row in wanted.get(table.file, ()):
        code = row.values.get(NAME)
        if code is not None and row.key(table) not in there:
            yield str(code)


def _compare(table: RegisterTable, wanted: Sequence[Row], held: Sequence[Row]) -> TableImport:
    by_key = {row.key(table): row for row in held}
    creates: list[Row] = []
    updates: dict[int, Mapping[str, Value]] = {}
    changed: dict[int, Row] = {}
    kept: list[Place] = []
    for row in wanted:
        there = by_key.get(row.key(table))
        if there is None:
            creates.append(row)
            continue
        different = {
            column: value
            for column, value in row.values.items()
            if value != there.values[column] and not (column == NAME and value is None)
        }
        changes = {column: value for column, value in different.items() if column in table.updates}
        if changes and there.id is not None:
            updates[there.id] = changes
            changed[there.id] = row
        if len(changes) < len(different) and row.place is not None:
            kept.append(row.place)
    same = len(wanted) - len(creates) - len(updates) - len(kept)
    return TableImport(table, tuple(creates), updates, tuple(kept), same, changed)
