"""The sheets of a workbook: XLSX, XLS, XLSB or ODS, told by what is in the file and not by its name."""

from __future__ import annotations

import io
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from mist_connector.errors import Place, Problem
from mist_connector.language import _

from .sheets import Sheet, SheetLine
from .values import FORMULA, NO, YES

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MIDNIGHT = time()


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook of a spreadsheet."""
    return content.startswith((_ZIP, _OLE))


def workbook_sheets(name: str, content: bytes, problems: list[Problem]) -> tuple[list[Sheet], list[str]]:
    """Return the sheets that are shown, and titles of those that are hidden; report what is no workbook."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = {each.name: each.visible is SheetVisibleEnum.Visible for each in book.sheets_metadata}
        sheets = [_sheet(name, title, book) for title in book.sheet_names if shown.get(title, True)]
    except (CalamineError, ValueError, OSError):
        what = _("ce classeur ne s’ouvre pas (abîmé, ou fermé par un mot de passe)")
        problems.append(Problem(Place(name, 1, 1), what, _("enregistrez-le en XLSX, sans mot de passe")))
        return [], []
    hidden = [title for title in book.sheet_names if not shown.get(title, True)]
    return sheets, hidden


def _sheet(name: str, title: str, book: CalamineWorkbook) -> Sheet:
    rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    lines = [SheetLine(number, [_text(each) for each in row]) for number, row in enumerate(rows, start=1)]
    return Sheet(name, title, lines)


def _text(value: object) -> str:
    """Return a cell as somebody would type it; a text that begins like a formula is marked as text."""
    if not isinstance(value, str):
        return _typed(value)
    text = value.strip()
    return f"'{text}" if text.startswith(("'", *FORMULA)) else text


def _typed(value: object) -> str:
    """Return a number, a day, a time or a flag as somebody would type it."""
    match value:
        case bool():
            return YES if value else NO
        case datetime():
            midnight = value.time() == _MIDNIGHT
            return value.date().isoformat() if midnight else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
