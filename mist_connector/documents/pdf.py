"""A rendered document as an accessible PDF (PDF/UA-1): tagged, titled, in its language, the same each time.

The page comes from the HTML that was checked and rendered, so that there is one template, and one check, for
both. Only the few elements that documents use are known; every text travels as a quoted string, which Typst
never reads as markup. Its fonts are in its wheel: no system package, and no file of this machine, has a say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import typst

from .compiled import Rendered
from .refusal import RenderingRefused

_VOID = frozenset({"meta", "br", "hr"})
_SKIPPED = frozenset({"head", "style", "title"})
_STYLE = """#set page(paper: "a4", margin: (x: 22mm, top: 20mm, bottom: 22mm), numbering: "1 / 1")
#set text(font: "Libertinus Serif", size: 12pt, hyphenate: false)
#set par(leading: 0.72em, spacing: 0.95em)
#set list(indent: 4pt, spacing: 0.75em)
#show heading: set block(above: 1.45em, below: 0.75em, sticky: true)
#show heading.where(level: 3): set block(above: 1.2em, below: 0.6em)
#show heading.where(level: 1): set text(size: 22pt)
#show heading.where(level: 2): set text(size: 15pt)
#show heading.where(level: 3): set text(size: 12.5pt)
#show table: set par(leading: 0.6em)
#set table(stroke: (x, y) => (bottom: 0.5pt + luma(150)), inset: (x: 4pt, y: 6pt))
"""
_CLASSES = {
    "lead": "#text(size: 13pt)[",
    "note": "#text(size: 10.5pt)[",
    "masked": "#emph[",
    "box": "#block(width: 100%, stroke: 0.8pt, inset: 11pt, radius: 3pt, breakable: false)[",
    "foot": "#v(1fr, weak: false)\n#block(above: 2em, stroke: (top: 0.5pt), inset: (top: 8pt), width: 100%)["
    "#set text(size: 10.5pt)\n",
    "blank": "#box(width: 1fr, height: 1.7em, stroke: (bottom: 0.6pt))[",
    "sheet": "#pagebreak(weak: true)\n#block(width: 100%)[",
}
_TAGS = {
    "h1": ("\n#heading(level: 1)[", "]\n"),
    "h2": ("\n#heading(level: 2)[", "]\n"),
    "h3": ("\n#heading(level: 3)[", "]\n"),
    "p": ("\n#par[", "]\n"),
    "ul": ("\n#list(", ")\n"),
    "ol": ("\n#enum(", ")\n"),
    "li": ("[", "],"),
    "strong": ("#strong[", "]"),
    "b": ("#strong[", "]"),
    "em": ("#emph[", "]"),
    "br": ("#linebreak()", ""),
}


@dataclass
class _Element:
    """An element of the page, and what is inside it."""

    tag: str
    style: str = ""
    parts: list[_Element | str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Builds the tree of a rendered page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        element = _Element(tag, dict(attrs).get("class") or "")
        self._open[-1].parts.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """End an element; RenderingRefused where another one is open."""
        if tag in _VOID:
            return
        if self._open[-1].tag != tag:
            raise RenderingRefused(f"La page n'est pas bien formée : « {tag} » se ferme mal.")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self._open[-1].parts.append(data)


def to_pdf(rendered: Rendered) -> bytes:
    """Return a rendered document as a PDF; RenderingRefused if the page cannot be set.

    It says nothing of who made it, when, or where.
    """
    reader = _Reader()
    reader.feed(rendered.html)
    reader.close()
    title, language = _quoted(rendered.subject), _quoted(rendered.language)
    head = f"#set document(title: {title}, date: none)\n#set text(lang: {language})\n"
    source = head + _STYLE + _inside(reader.root)
    try:
        made = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"])
    except (RuntimeError, ValueError) as error:
        # The engine's own words may hold values of the document.
        raise RenderingRefused(
            f"Le document ne peut pas devenir un PDF accessible ({type(error).__name__}) : une lettre manque "
            "peut-être à ses polices.",
            todo="écrivez-le en .html, et imprimez-le depuis un navigateur",
        ) from None
    assert isinstance(made, bytes)  # noqa: S101 - without an output path, one file comes back
    return made


def _inside(element: _Element) -> str:
    return "".join(_text(part) if isinstance(part, str) else _written(part) for part in element.parts)


def _written(element: _Element) -> str:
    if element.tag in _SKIPPED:
        return ""
    if element.tag == "table":
        return _table(element)
    before, after = _TAGS.get(element.tag, ("", ""))
    inner = _items(element) if element.tag in {"ul", "ol"} else _inside(element)
    styled = _CLASSES.get(element.style)
    return f"{before}{styled}{inner}]{after}" if styled else f"{before}{inner}{after}"


def _items(element: _Element) -> str:
    return "".join(_written(part) for part in element.parts if isinstance(part, _Element))


def _table(element: _Element) -> str:
    """Set a table whose first cells are the names of its rows."""
    rows = [part for part in _descendants(element) if part.tag == "tr"]
    cells = [[part for part in row.parts if isinstance(part, _Element)] for row in rows]
    columns = max(map(len, cells), default=1)
    shape = "(1fr, " + "auto, " * (columns - 1) + ")"
    aligned = "(left, " + "right, " * (columns - 1) + ")"
    written = "".join(
        _cell(cell, strong=row.style == "total") for row, own in zip(rows, cells, strict=True) for cell in own
    )
    return f"\n#table(columns: {shape}, align: {aligned}, {written})\n"


def _cell(cell: _Element, *, strong: bool) -> str:
    inner = _inside(cell)
    return f"[#strong[{inner}]]," if strong or cell.tag == "td" else f"[{inner}],"


def _descendants(element: _Element) -> list[_Element]:
    found: list[_Element] = []
    for part in element.parts:
        if isinstance(part, _Element):
            found.extend((part, *_descendants(part)))
    return found


def _text(text: str) -> str:
    """Return a text as Typst prints it: runs of spaces are one, and nothing in it is markup."""
    if not text.strip():
        return " " if text else ""
    return f"#{_quoted(_spaced(text))};"


def _spaced(text: str) -> str:
    words = " ".join(filter(None, text.replace("\n", " ").replace("\t", " ").split(" ")))
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(each for each in escaped if each.isprintable() or each in _SPACES)}"'


_SPACES = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
