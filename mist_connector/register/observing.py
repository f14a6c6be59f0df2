"""The register as the CRM holds it, in the same rows as its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.declaration import Blueprint, FieldType, Model
from mist_connector.blueprint.register import RegisterTable
from mist_connector.crm.batches import read_all
from mist_connector.crm.days import day_of
from mist_connector.crm.port import Crm

from .proposing import columns_of
from .rows import Row, Value
from .values import Column

Codes = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class ObservedRegister:
    """Rows by table, and the record behind each code, by the key of its model."""

    rows: Mapping[str, tuple[Row, ...]]
    codes: Codes


def observe_register(crm: Crm, tables: Sequence[RegisterTable], blueprint: Blueprint) -> ObservedRegister:
    """Read the tables, one request per model and page; whatever else links lead to is read by code alone."""
    raw = {
        table.file: read_all(crm, blueprint.model(table.model).technical, _columns(table, blueprint))
        for table in tables
    }
    codes = {table.model: {row["x_name"]: row["id"] for row in raw[table.file]} for table in tables}
    for model in _linked(tables, blueprint):
        if model.key not in codes:
            found = read_all(crm, model.technical, ["x_name"])
            codes[model.key] = {row["x_name"]: row["id"] for row in found}
    names = {key: {row_id: code for code, row_id in known.items()} for key, known in codes.items()}
    rows = {
        table.file: tuple(_row(row, columns_of(table, blueprint), names) for row in raw[table.file])
        for table in tables
    }
    return ObservedRegister(rows, codes)


def _columns(table: RegisterTable, blueprint: Blueprint) -> list[str]:
    return list(dict.fromkeys(["x_name", *(column.column for column in columns_of(table, blueprint))]))


def _linked(tables: Sequence[RegisterTable], blueprint: Blueprint) -> list[Model]:
    """Return the models that columns of these tables name by code."""
    columns = [column for table in tables for column in columns_of(table, blueprint)]
    return list({column.target.key: column.target for column in columns if column.target}.values())


def _row(row: Mapping[str, Any], columns: Sequence[Column], names: Mapping[str, Mapping[int, str]]) -> Row:
    values = {column.key: _value(column, row[column.column], names) for column in columns}
    return Row(values, id=row["id"])


def _value(column: Column, value: Any, names: Mapping[str, Mapping[int, str]]) -> Value:  # noqa: ANN401 - as the CRM has it
    if column.target is not None:
        return names[column.target.key].get(value)
    if column.field.type is FieldType.FLAG:
        return bool(value)
    if column.field.type is FieldType.DATE:
        return day_of(value)
    return value or None
