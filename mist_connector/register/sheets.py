"""A sheet as people keep it: lines of texts, each with its number, whatever the file it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mist_connector.errors import Place


@dataclass(frozen=True)
class SheetLine:
    """The texts of one line, and its number in the file, from 1."""

    number: int
    cells: Sequence[str]

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line."""
        return not any(self.cells)


@dataclass(frozen=True)
class Sheet:
    """One sheet: the file as it was named, the sheet's title in a workbook, its lines, and how it was read.

    A text that begins as a formula would has an apostrophe before it where the file said that it is text.
    """

    file: str
    title: str
    lines: Sequence[SheetLine]
    told: str = ""

    @property
    def name(self) -> str:
        """The file, and the sheet where there are several."""
        return f"{self.file} [{self.title}]" if self.title else self.file

    def place(self, line: int, column: int = 0) -> Place:
        """Return the place of a cell, by the number of its line and its position from 0."""
        return Place(self.name, line, column + 1)
