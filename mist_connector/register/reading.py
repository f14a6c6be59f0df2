"""From the texts of the register's files to rows; strict, every problem of every file in one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.declared.reading import quoted, suggest
from mist_connector.errors import Problem

from .cells import Line, read_cells
from .rows import Key, Row, Value
from .values import Column, Unfit

Rows = Mapping[str, tuple[Row, ...]]


def read_register(
    texts: Mapping[str, tuple[str, str]],
    tables: Sequence[RegisterTable],
    blueprint: Blueprint,
    problems: list[Problem],
) -> Rows:
    """Return the rows of each table; `texts` are each file's name and text, by table."""
    by_file = {table.file: table for table in tables}
    return {
        file: _read_table(by_file[file], name, text, blueprint, problems)
        for file, (name, text) in texts.items()
    }


def columns_of(table: RegisterTable, blueprint: Blueprint) -> tuple[Column, ...]:
    """Return the columns of a table, in order."""
    model = blueprint.model(table.model)
    # Where the code does not tell facts apart, it may be left to the CRM.
    return tuple(
        Column(blueprint, model, key, title, required=NAME in table.key if key == NAME else None)
        for key, title in table.columns.items()
    )


def _read_table(
    table: RegisterTable, name: str, text: str, blueprint: Blueprint, problems: list[Problem]
) -> tuple[Row, ...]:
    lines = read_cells(name, text, problems)
    if not lines:
        return ()
    header = _header(lines[0], columns_of(table, blueprint), problems)
    if header is None:
        return ()
    rows = [row for line in lines[1:] if (row := _row(line, header, problems)) is not None]
    _refuse_repeated(rows, table, problems)
    return tuple(rows)


def _header(line: Line, columns: Sequence[Column], problems: list[Problem]) -> list[Column] | None:
    """Return the columns in the order of the file, or None after reporting those unknown or missing."""
    known = {word.casefold(): column for column in columns for word in (column.key, column.heading)}
    before = len(problems)
    header: list[Column] = []
    for number, cell in enumerate(line.cells, start=1):
        column = known.get(cell.text.casefold())
        if column is None:
            # Where the titles are missing, this is somebody's name: it is not repeated here.
            headings = [column.heading for column in columns]
            hint = suggest(cell.text, headings) or f"possibles\xa0: {', '.join(headings)}"
            problems.append(Problem(cell.place, f"le titre de la colonne {number} n’est pas connu", hint))
        elif column in header:
            problems.append(Problem(cell.place, f"colonne répétée {quoted(column.heading)}", "gardez-en une"))
        else:
            header.append(column)
    lacking = [column for column in columns if column.required and column not in header]
    problems.extend(
        Problem(line.place, f"colonne manquante {quoted(column.heading)}", "elle est obligatoire")
        for column in lacking
    )
    return header if len(problems) == before else None


def _row(line: Line, header: Sequence[Column], problems: list[Problem]) -> Row | None:
    if len(line.cells) != len(header):
        what = f"{len(line.cells)} cellules pour {len(header)} colonnes"
        problems.append(Problem(line.place, what, "vérifiez les points-virgules de cette ligne"))
        return None
    values: dict[str, Value] = {}
    fits = True
    for column, cell in zip(header, line.cells, strict=True):
        try:
            values[column.key] = column.value(cell.text)
        except Unfit as unfit:
            problems.append(Problem(cell.place, unfit.what, unfit.hint))
            fits = False
    return Row(values, line.place) if fits else None


def _refuse_repeated(rows: Sequence[Row], table: RegisterTable, problems: list[Problem]) -> None:
    """Report facts told twice."""
    counted: Counter[Key] = Counter()
    for row in rows:
        key = row.key(table)
        counted[key] += 1
        if counted[key] > 1 and row.place is not None:
            what = "code déjà utilisé plus haut" if table.key == (NAME,) else "ligne déjà écrite plus haut"
            problems.append(Problem(row.place, what, "gardez-en une"))
