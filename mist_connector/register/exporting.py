"""From rows to the texts of the register's files, the same each time for the same register."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import RegisterTable

from .reading import columns_of
from .rows import Row

# With this mark, spreadsheets read accents as they are.
_MARK = "\ufeff"


def csv_text(table: RegisterTable, rows: Sequence[Row], blueprint: Blueprint) -> str:
    """Return the text of one file: titles in French, lines in the order of their keys, no formula."""
    columns = columns_of(table, blueprint)
    lines = sorted([column.text(row.values[column.key]) for column in columns] for row in rows)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow([column.heading for column in columns])
    writer.writerows(lines)
    return _MARK + written.getvalue()
