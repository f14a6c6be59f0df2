"""A sheet out of a CSV file, however its cells are parted and its lines ended."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from mist_connector.errors import Problem
from mist_connector.language import _

from .encodings import decoded
from .sheets import Sheet, SheetLine

_SEPARATORS = (";", ",", "\t", "|")
_SAMPLE = 60  # lines that tell how cells are parted
_LONGEST_CELL = 10_000_000
# No control character but line breaks and tabs belongs in a register.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAID = re.compile(r"(?i)\ufeff?\"?sep=(.)\"?\r?\n")
_NAMES = {"\t": _("tabulation"), ";": _("point-virgule"), ",": _("virgule"), "|": "barre"}


def csv_sheet(name: str, content: bytes, problems: list[Problem]) -> Sheet:
    """Return the sheet of a CSV file; report what is no text or no CSV, and stop there."""
    nothing = Sheet(name, "", ())
    try:
        text, encoding = decoded(content)
    except ValueError:
        problems.append(
            Problem(nothing.place(1), _("ce n’est pas du texte"), _("enregistrez en CSV, UTF-8, ou en XLSX"))
        )
        return nothing
    return text_sheet(name, text, problems, encoding=encoding)


def text_sheet(name: str, text: str, problems: list[Problem], *, encoding: str = "utf-8") -> Sheet:
    """Return the sheet of a CSV text; report what is no CSV, and stop there."""
    text = text.removeprefix("\ufeff")
    said = _SAID.match(text)
    start, text = (1, text[said.end() :]) if said else (0, text)
    separator = said[1] if said else _separator(text)
    told = _("{encoding}, séparateur {named}").format(
        encoding=encoding, named=_NAMES.get(separator, separator)
    )
    sheet = Sheet(name, "", (), told)
    lines: list[SheetLine] = []
    try:
        for line in _lines(text, separator, start):
            if found := next((each for each in line.cells if _FORBIDDEN.search(each)), None):
                sign = _FORBIDDEN.search(found)
                what = _("caractère interdit U+{sign:04X}").format(sign=ord(sign[0] if sign else " "))
                place = sheet.place(line.number, line.cells.index(found))
                problems.append(Problem(place, what, _("enregistrez en CSV, UTF-8")))
                return sheet
            lines.append(line)
    except _Broken as broken:
        problems.append(Problem(sheet.place(broken.line), broken.what, broken.hint))
        return sheet
    return Sheet(name, "", lines, told)


class _Broken(Exception):
    def __init__(self, line: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.line, self.what, self.hint = line, what, hint


def _lines(text: str, separator: str, start: int) -> Iterator[SheetLine]:
    """Yield the lines; one may take several in the text, if a cell has line breaks in it."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = start + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken(number, str(error)) from None
        yield SheetLine(number, [cell.strip() for cell in cells])


def _broken(line: int, said: str) -> _Broken:
    if "end of data" in said:
        return _Broken(line, _("guillemet jamais refermé"), _("ajoutez celui qui manque sur cette ligne"))
    if "expected after" in said:
        return _Broken(line, _("texte après le guillemet fermant"), _("séparez les cellules"))
    return _Broken(line, _("cette ligne n’est pas du CSV"), _("enregistrez en CSV, UTF-8, ou en XLSX"))


def _separator(text: str) -> str:
    """Return what parts the cells: what gives most lines the same number of cells, and most of them."""
    sample = io.StringIO(text, newline="").read(200_000).splitlines(keepends=True)[:_SAMPLE]
    return max(_SEPARATORS, key=lambda each: _regularity(sample, each))


def _regularity(sample: list[str], separator: str) -> int:
    try:
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator) if any(cells))
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)
