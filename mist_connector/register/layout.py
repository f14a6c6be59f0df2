"""Where the list begins and ends on a sheet: its headings, its lines, and what is no line of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mist_connector.errors import Place
from mist_connector.language import _

from .headings import Headings
from .sheets import Sheet, SheetLine
from .values import plain

_SEARCHED = 40  # lines from the top among which headings are looked for
_FEWEST = 2
_TOTAL = re.compile(r"(?:sous[- ])?totaux?\b|total\b|somme\b|moyenne\b|effectif\b|nombre (?:de|d)\b|nb\b")


@dataclass(frozen=True)
class Left:
    """A line or a column that is not read, and why."""

    place: Place
    why: str


@dataclass(frozen=True)
class Layout:
    """A sheet with its parts told apart; `width` is how many columns have a heading or a cell."""

    sheet: Sheet
    header: SheetLine
    lines: tuple[SheetLine, ...]
    left: tuple[Left, ...]


def find_table(
    sheet: Sheet, all_headings: Sequence[Headings], named: str = ""
) -> tuple[Headings, int] | None:
    """Return the table of the register that a sheet is of, and the position of its line of headings.

    A sheet that bears the name of a table is of that table. None where no line holds headings that are known.
    """
    lines = [at for at, line in enumerate(sheet.lines) if not line.blank][:_SEARCHED]
    of_name = [each for each in all_headings if named.casefold() == each.table.file]
    best: tuple[int, int, int] | None = None
    found: tuple[Headings, int] | None = None
    for rank, headings in enumerate(of_name or all_headings):
        for at in lines:
            cells = sheet.lines[at].cells
            hits = headings.hits(cells)
            # One word that is known may stand in anybody's line: headings are two, or stand alone.
            hits = hits if hits >= min(_FEWEST, sum(map(bool, cells))) else 0
            score = (hits, -rank, -at)
            if hits and (best is None or score > best):
                best, found = score, (headings, at)
    if of_name and lines:
        return found or (of_name[0], lines[0])
    return found


def lay_out(sheet: Sheet, at: int, *, strict: bool) -> Layout:
    """Tell headings, lines and the rest of a sheet apart; `at` is where the headings stand.

    `strict`: the sheet is a file of the register, in which everything below the headings is a line.
    """
    header = sheet.lines[at]
    left = [
        Left(sheet.place(line.number), _("avant les titres")) for line in sheet.lines[:at] if not line.blank
    ]
    kept: list[SheetLine] = []
    after_blank = False
    for line in sheet.lines[at + 1 :]:
        if line.blank:
            after_blank = True
            continue
        why = "" if strict else _no_line(line, header, after_blank=after_blank)
        if why:
            left.append(Left(sheet.place(line.number), why))
        else:
            kept.append(line)
            after_blank = False
    return Layout(sheet, header, tuple(kept), tuple(left))


def _no_line(line: SheetLine, header: SheetLine, *, after_blank: bool) -> str:
    """Return why a line is none of the list, or nothing."""
    filled = [cell for cell in line.cells if cell]
    if _TOTAL.match(plain(filled[0])):
        return _("ligne de total")
    if [plain(cell) for cell in line.cells] == [plain(cell) for cell in header.cells]:
        return _("les titres, répétés")
    if after_blank and len(filled) == 1 and sum(map(bool, header.cells)) > _FEWEST:
        return _("une seule cellule, après une ligne vide")
    return ""
