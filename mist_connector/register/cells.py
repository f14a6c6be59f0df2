"""From the text of a CSV file to cells, each with its place: for lists whose headings are given."""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.errors import Place, Problem

from .csv_sheets import text_sheet


@dataclass(frozen=True)
class Cell:
    """The text of one cell, and where it is: its line, and its number on the line."""

    text: str
    place: Place


@dataclass(frozen=True)
class Line:
    """The cells of one line; one line may take several in the text, if a cell has line breaks in it."""

    cells: tuple[Cell, ...]

    @property
    def place(self) -> Place:
        """Where the line begins."""
        return self.cells[0].place


def read_cells(name: str, text: str, problems: list[Problem]) -> list[Line]:
    """Return the lines of a CSV text that have anything in them; report what is no CSV and stop there."""
    sheet = text_sheet(name, text, problems)
    return [
        Line(tuple(Cell(cell, sheet.place(line.number, at)) for at, cell in enumerate(line.cells)))
        for line in sheet.lines
        if not line.blank
    ]
