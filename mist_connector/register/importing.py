"""An import brought into the CRM: contacts, people, then one request per table of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mist_connector.blueprint.declaration import Blueprint, FieldType
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.crm.batches import create_all, write_each
from mist_connector.crm.contacts import MODEL as CONTACTS
from mist_connector.crm.contacts import loose_contacts
from mist_connector.crm.port import Crm
from mist_connector.errors import MistError
from mist_connector.reporting import Reporter

from .difference import ImportPlan, TableImport
from .observing import Codes
from .reading import columns_of
from .rows import Row, Value
from .values import Column

PEOPLE = "person"

Stored = str | bool | int


def apply_import(crm: Crm, plan: ImportPlan, blueprint: Blueprint, codes: Codes, reporter: Reporter) -> None:
    """Write a plan; `codes` are the records that links lead to. Each batch happens wholly or not at all.

    Raises WriteRefused with the sentence of the rule where the CRM refuses a fact. Whatever stops it, running
    it again goes on from there: what is there already is found by its key.
    """
    known = {key: dict(ids) for key, ids in codes.items()}
    for part in plan.tables:
        if part.creates or part.updates:
            reporter.step(f"{blueprint.model(part.table.model).plural.fr} : {_counts(part)}")
        for rows in _in_order(part.creates, columns_of(part.table, blueprint), part.table.model):
            created = _create(crm, part.table, rows, blueprint, known)
            known.setdefault(part.table.model, {}).update(created)
        _update(crm, part, blueprint, known)


def _counts(part: TableImport) -> str:
    return f"{len(part.creates)} à créer, {len(part.updates)} à modifier"


def _in_order(rows: Sequence[Row], columns: Sequence[Column], model: str) -> Iterator[Sequence[Row]]:
    """Yield batches in which no line leads to a line of its own batch or of a later one."""
    inward = [each.key for each in columns if each.target is not None and each.target.key == model]
    waiting = list(rows)
    while waiting:
        to_come = {row.values.get(NAME) for row in waiting} - {None}
        ready = [row for row in waiting if not any(row.values.get(key) in to_come for key in inward)]
        if not ready:
            raise MistError(
                "Des lignes mènent l’une à l’autre en boucle.",
                todo="Corrigez la colonne qui renvoie à une autre ligne.",
            )
        yield ready
        waiting = [row for row in waiting if row not in ready]


def _create(
    crm: Crm,
    table: RegisterTable,
    creates: Sequence[Row],
    blueprint: Blueprint,
    known: Mapping[str, Mapping[str, int]],
) -> dict[str, int]:
    """Create what is missing; return the records by code, where lines have codes."""
    model = blueprint.model(table.model)
    columns = {column.key: column for column in columns_of(table, blueprint)}
    rows = [
        {
            columns[key].column: _filled(_stored(columns[key], value, known))
            for key, value in row.values.items()
            if key != NAME or value is not None  # the CRM makes a code itself
        }
        for row in creates
    ]
    if model.key == PEOPLE and rows:
        contacts = _contacts(crm, creates)
        rows = [{**row, "x_contact_id": contacts[str(row["x_name"])]} for row in rows]
    ids = create_all(crm, model.technical, rows)
    codes = [row.values.get(NAME) for row in creates]
    return {str(code): row_id for code, row_id in zip(codes, ids, strict=True) if code is not None}


def _contacts(crm: Crm, people: Sequence[Row]) -> dict[str, int]:
    """Return a contact for each of these people: those that an import left behind, and new ones."""
    codes = [str(row.values[NAME]) for row in people]
    loose = loose_contacts(crm, codes, linked=())
    missing = [code for code in codes if code not in loose]
    made = create_all(crm, CONTACTS, [{"name": code} for code in missing])
    return {**loose, **dict(zip(missing, made, strict=True))}


def _update(
    crm: Crm, part: TableImport, blueprint: Blueprint, known: Mapping[str, Mapping[str, int]]
) -> None:
    columns = {column.key: column for column in columns_of(part.table, blueprint)}
    rows = {
        row_id: {columns[key].column: _stored(columns[key], value, known) for key, value in values.items()}
        for row_id, values in part.updates.items()
    }
    write_each(crm, blueprint.model(part.table.model).technical, rows)


def _stored(column: Column, value: Value, known: Mapping[str, Mapping[str, int]]) -> Stored | None:
    """Return a value as the CRM takes it; None where there is none."""
    if column.field.type is FieldType.FLAG:
        return bool(value)
    if value is None:
        return None
    return known[column.target.key][str(value)] if column.target is not None else str(value)


def _filled(value: Stored | None) -> Stored:
    """Return a value for a new record, where False stands for none."""
    return False if value is None else value
