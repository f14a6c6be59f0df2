"""From the text of a CSV file to cells, each with its place; strict, every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mist_connector.errors import Place, Problem

LARGEST_TEXT = 20_000_000
# No control character but line breaks, and tabs inside quotation marks, belongs in a register.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


@dataclass(frozen=True)
class Cell:
    """The text of one cell, and where it begins."""

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
    """Return the lines of a CSV text that have anything in them; report what is no CSV and stop there.

    Cells are parted by semicolons, or by commas: whichever the first line uses.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST_TEXT:
        what = f"fichier de plus de {LARGEST_TEXT} caractères"
        problems.append(Problem(Place(name, 1, 1), what, "répartissez-le"))
        return []
    if found := _FORBIDDEN.search(text):
        what = f"caractère interdit U+{ord(found[0]):04X}"
        problems.append(Problem(_place(name, text, found.start()), what, "enregistrez en CSV, UTF-8"))
        return []
    return [line for line in _Reader(name, text, problems).lines() if any(cell.text for cell in line.cells)]


def _place(name: str, text: str, index: int) -> Place:
    return Place(name, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


class _Reader:
    """Walks through the text, and remembers on which line it is."""

    def __init__(self, name: str, text: str, problems: list[Problem]) -> None:
        self._name, self._text, self._problems = name, text, problems
        first = text.partition("\n")[0]
        self._separator = ";" if first.count(";") >= first.count(",") else ","
        self._at, self._line, self._start = 0, 1, 0

    def lines(self) -> Iterator[Line]:
        """Yield every line."""
        while self._at < len(self._text):
            cells = [self._cell()]
            while self._next() == self._separator:
                self._at += 1
                cells.append(self._cell())
            if self._next() not in {"\n", ""}:
                self._stray()
            self._break()
            yield Line(tuple(cells))

    def _cell(self) -> Cell:
        place = Place(self._name, self._line, self._at - self._start + 1)
        if self._next() == '"':
            return Cell(self._quoted(place), place)
        end = self._at
        while end < len(self._text) and self._text[end] not in {self._separator, "\n"}:
            end += 1
        written, self._at = self._text[self._at : end], end
        if '"' in written:
            what = "guillemet au milieu d’une cellule"
            self._problems.append(Problem(place, what, "mettez toute la cellule entre guillemets"))
        return Cell(written.strip(), place)

    def _quoted(self, place: Place) -> str:
        """Return what stands between quotation marks, where two of them mean one."""
        parts, begin = [], self._at + 1
        while (end := self._text.find('"', begin)) != -1:
            parts.append(self._text[begin:end])
            if self._text[end + 1 : end + 2] != '"':
                self._forward(end + 1)
                return "".join(parts).strip()
            parts.append('"')
            begin = end + 2
        self._problems.append(Problem(place, "guillemet jamais refermé", "ajoutez celui qui manque"))
        self._forward(len(self._text))
        return ""

    def _forward(self, to: int) -> None:
        """Move on, and count the lines passed."""
        passed = self._text.count("\n", self._at, to)
        if passed:
            self._line += passed
            self._start = self._text.rfind("\n", 0, to) + 1
        self._at = to

    def _stray(self) -> None:
        place = Place(self._name, self._line, self._at - self._start + 1)
        self._problems.append(Problem(place, "texte après le guillemet fermant", "séparez les cellules"))
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end == -1 else end

    def _break(self) -> None:
        self._at += 1
        self._line += 1
        self._start = self._at

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]
