"""Dates of an example moved to another day, so that what was in force when it was written is so today."""

from __future__ import annotations

from datetime import date, timedelta

from .reading import Rows
from .rows import Row, Value


def shifted(rows: Rows, *, written: date, today: date) -> Rows:
    """Return the rows with every date as far from `today` as it was from `written`."""
    by = today - written
    return {file: tuple(_row(row, by) for row in table) for file, table in rows.items()}


def _row(row: Row, by: timedelta) -> Row:
    return Row({column: _value(value, by) for column, value in row.values.items()}, row.place, row.id)


def _value(value: Value, by: timedelta) -> Value:
    return value + by if isinstance(value, date) else value
