"""Pages as files that a spreadsheet opens: CSV, XLSX or ODS; no cell of them is ever a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlsxwriter

from mist_connector.errors import MistError
from mist_connector.language import _

from .refusals import Page
from .values import escaped

# With this mark, spreadsheets read accents as they are.
MARK = "\ufeff"
FORMATS = ("csv", "xlsx", "ods")
_LONGEST_CELL = 32_767  # of XLSX; nothing is cut
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def csv_page(page: Page) -> bytes:
    """Return a page as CSV: cells that would be formulas begin with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(page.headings)
    writer.writerows([shielded(cell) for cell in line] for line in page.lines)
    return (MARK + written.getvalue()).encode()


def shielded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that reads back as it was."""
    return escaped(cell)


def workbook(pages: Sequence[Page], form: str) -> bytes:
    """Return pages as sheets of one workbook; raise MistError for a cell that it could not hold whole."""
    longest = max((len(cell) for page in pages for line in page.lines for cell in line), default=0)
    if longest > _LONGEST_CELL:
        what = _(
            "Une cellule de {longest} signes ne tient pas dans un classeur ({longest_cell} au plus)."
        ).format(longest=longest, longest_cell=_LONGEST_CELL)
        raise MistError(what, todo=_("choisissez le format CSV"))
    return _xlsx(pages) if form == "xlsx" else _ods(pages)


def _xlsx(pages: Sequence[Page]) -> bytes:
    written = io.BytesIO()
    # Texts stay texts: no formula, no number, no link is made of them.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for page in pages:
            sheet = book.add_worksheet(page.title or None)
            sheet.set_column(0, len(page.headings) - 1, 22, text)
            sheet.freeze_panes(1, 0)
            for at, heading in enumerate(page.headings):
                sheet.write_string(0, at, heading, bold)
            for number, line in enumerate(page.lines, start=1):
                for at, cell in enumerate(line):
                    if cell:
                        sheet.write_string(number, at, cell, text)
    return written.getvalue()


def _ods(pages: Sequence[Page]) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
    tables = "".join(_ods_table(page, number) for number, page in enumerate(pages, start=1))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in (("mimetype", _ODS), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), stored)
    return written.getvalue()


def _ods_table(page: Page, number: int) -> str:
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>"
        for line in (page.headings, *page.lines)
    )
    title = escape(page.title or _("Feuille {number}").format(number=number), {'"': "&quot;"})
    columns = f'<table:table-column table:number-columns-repeated="{len(page.headings)}"/>'
    return f'<table:table table:name="{title}">{columns}{lines}</table:table>'


def _ods_cell(cell: str) -> str:
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in cell.split("\n")) if cell else ""
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    """Write a line so that its blanks stay: readers fold several into one."""
    return escape(line).replace("  ", " <text:s/>")
