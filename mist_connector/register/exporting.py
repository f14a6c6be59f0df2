"""From rows to the register's files, the same each time for the same register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import RegisterTable

from .pages import csv_page, workbook
from .proposing import columns_of
from .refusals import Page
from .rows import Row

WORKBOOK = "registre"


def page_of(table: RegisterTable, rows: Sequence[Row], blueprint: Blueprint) -> Page:
    """Return one table as a page: titles in French, lines in the order of what stands in them."""
    columns = columns_of(table, blueprint)
    lines = sorted(tuple(column.raw_text(row.values[column.key]) for column in columns) for row in rows)
    return Page(table.file, tuple(column.heading for column in columns), tuple(lines))


def csv_text(table: RegisterTable, rows: Sequence[Row], blueprint: Blueprint) -> str:
    """Return the text of one file; no cell is a formula."""
    return csv_page(page_of(table, rows, blueprint)).decode()


def register_files(
    tables: Sequence[RegisterTable], rows: Mapping[str, Sequence[Row]], blueprint: Blueprint, form: str
) -> dict[str, bytes]:
    """Return the files of an export by name: one CSV for each table, or one workbook."""
    pages = {table.filename: page_of(table, rows[table.file], blueprint) for table in tables}
    if form == "csv":
        return {name: csv_page(page) for name, page in pages.items()}
    return {f"{WORKBOOK}.{form}": workbook(list(pages.values()), form)}
