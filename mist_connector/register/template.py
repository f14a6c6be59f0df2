"""An empty workbook to fill in: the register's headings, choices to pick from, and lines as examples."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from mist_connector.blueprint.declaration import Blueprint, FieldType
from mist_connector.blueprint.register import RegisterTable

from .proposing import columns_of
from .values import NO, YES, Column

EXAMPLES = "Exemples"
_LINES = 2_000  # for which choices are offered
_LONGEST_LIST = 255  # characters of a list of choices that XLSX holds in one cell
_SAMPLES = {FieldType.DATE: "31/12/2025", FieldType.FLAG: YES}
_SHAPES = {"email": "exemple@domaine.invalid", "phone": "06 00 00 00 01"}


def template_workbook(tables: Sequence[RegisterTable], blueprint: Blueprint) -> bytes:
    """Return a workbook with a sheet for each table that the ordinary account may load, and one of examples.

    Headings alone make no line: what is imported unchanged brings nothing in.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        shown = [table for table in tables if not table.separately]
        for table in shown:
            sheet = book.add_worksheet(table.file)
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(columns_of(table, blueprint)):
                sheet.set_column(at, at, 24, text)
                sheet.write_string(0, at, column.heading, bold)
                sheet.write_comment(0, at, _help(column))
                _offer(sheet, at, column)
        examples = book.add_worksheet(EXAMPLES)
        examples.hide()
        _write_examples(examples, shown, blueprint)
    return written.getvalue()


def _offer(sheet: xlsxwriter.worksheet.Worksheet, at: int, column: Column) -> None:
    choices = _choices(column)
    if choices and len(",".join(choices)) <= _LONGEST_LIST:
        sheet.data_validation(1, at, _LINES, at, {"validate": "list", "source": choices})


def _choices(column: Column) -> list[str]:
    if column.field.type is FieldType.FLAG:
        return [YES, NO]
    return [choice.label.fr for choice in column.choices]


def _help(column: Column) -> str:
    needed = "Obligatoire. " if column.required else "Peut rester vide. "
    choices = _choices(column)
    return needed + (f"Au choix : {', '.join(choices)}." if choices else f"Par exemple : {_sample(column)}")


def _sample(column: Column) -> str:
    if column.prefix:
        return f"{column.prefix}-0A1B-2C3D"
    choices = _choices(column)
    return (
        _SHAPES.get(column.shape)
        or _SAMPLES.get(column.field.type)
        or (choices[0] if choices else "Inventée")
    )


def _write_examples(
    sheet: xlsxwriter.worksheet.Worksheet, tables: Sequence[RegisterTable], blueprint: Blueprint
) -> None:
    for number, table in enumerate(tables):
        columns = columns_of(table, blueprint)
        for at, column in enumerate(columns):
            sheet.write_string(3 * number, at, column.heading)
            sheet.write_string(3 * number + 1, at, _sample(column))
