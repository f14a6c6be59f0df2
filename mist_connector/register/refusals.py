"""What did not come in, as a list that opens in a spreadsheet, to be mended there and handed in again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mist_connector.errors import Place, Problem

from .layout import Layout
from .values import unescaped

REFUSED = "Refus"


@dataclass(frozen=True)
class Page:
    """A sheet to write: its title, its headings, its lines."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def refused_pages(layouts: Sequence[Layout], problems: Iterable[Problem]) -> list[Page]:
    """Return a page for each sheet with lines that did not come in: why, then the line as it was."""
    reasons: dict[tuple[str, int], list[str]] = defaultdict(list)
    for problem in problems:
        said = problem.what + (f" — {problem.hint}" if problem.hint else "")
        reasons[problem.place.file, problem.place.line].append(said)
    pages = [_page(layout, reasons) for layout in layouts]
    return [page for page in pages if page.lines]


def _page(layout: Layout, reasons: Mapping[tuple[str, int], Sequence[str]]) -> Page:
    sheet, width = layout.sheet, len(layout.header.cells)
    lines = tuple(
        (" ; ".join(reasons[sheet.name, line.number]), *map(_bare, line.cells[:width]))
        for line in layout.lines
        if (sheet.name, line.number) in reasons
    )
    return Page(sheet.title, (REFUSED, *layout.header.cells), lines)


def _bare(cell: str) -> str:
    """Return a cell without the mark that says that it is text: whatever writes it sets its own."""
    return unescaped(cell)


def of_rows(rows: Iterable[tuple[Place | None, str]]) -> list[Problem]:
    """Return problems of rows: each place with what is said of it."""
    return [Problem(place, said) for place, said in rows if place is not None]
