"""A rendered document as an accessible PDF (PDF/UA-1): tagged, titled, in its language, the same each time.

The page comes from the HTML that was checked and rendered, so that there is one template, and one check, for
both. Only the few elements that documents use are known; every text travels as a quoted string, which Typst
never reads as markup. Its fonts are in its wheel: no system package, and no file of this machine, has a say.
"""

from __future__ import annotations

from collections.abc import Mapping

import typst

from .compiled import Rendered
from .page_tree import SKIPPED, Element, read_page, spaced
from .plots import Bar, alternative, bars_of, draw
from .refusal import RenderingRefused

_STYLE = """#let numbers = context if counter(page).final().first() > 1 {
  align(center, counter(page).display("1 / 1", both: true))
}
#set page(paper: "a4", margin: (x: 22mm, top: 16mm, bottom: 18mm), numbering: "1 / 1", footer: numbers)
#set text(font: "Libertinus Serif", size: 12pt, hyphenate: false)
#set par(leading: 0.72em, spacing: 0.85em)
#set list(indent: 4pt, spacing: 0.65em)
#show heading: set block(above: 1.25em, below: 0.7em, sticky: true)
#show heading.where(level: 3): set block(above: 1.2em, below: 0.6em)
#show heading.where(level: 1): set text(size: 22pt)
#show heading.where(level: 2): set text(size: 15pt)
#show heading.where(level: 3): set text(size: 12.5pt)
#show table: set par(leading: 0.6em)
#set table.cell(breakable: false)
#set table(stroke: (x, y) => (bottom: 0.5pt + luma(150)), inset: (x: 4pt, y: 6pt))
"""
_CLASSES = {
    "lead": "#text(size: 13pt)[",
    "note": "#text(size: 10.5pt)[",
    "masked": "#emph[",
    "box": "#block(width: 100%, stroke: 0.8pt, inset: 11pt, radius: 3pt, breakable: false)[",
    "foot": "#v(0.5em)\n#v(1fr, weak: false)\n#block(above: 1.2em, stroke: (top: 0.5pt), inset: (top: 8pt), "
    "width: 100%, breakable: false)[#set text(size: 10.5pt)\n",
    "blank": "#box(width: 1fr, height: 1.7em, stroke: (bottom: 0.6pt))[",
    "sheet": "#pagebreak(weak: true)\n#block(width: 100%)[",
    "card": "#block(width: 85.6mm, height: 54mm, stroke: 0.8pt, inset: 7mm, radius: 3mm, breakable: false)"
    "[#set align(horizon)\n",
    "tick": "#box(width: 0.85em, height: 0.85em, stroke: 0.8pt, baseline: 0.1em)#h(0.7em)#[",
}
_GRID = "(2.2fr, auto, auto, 1fr, 1fr, 2fr)"
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


def to_pdf(rendered: Rendered) -> bytes:
    """Return a rendered document as a PDF; RenderingRefused if the page cannot be set.

    It says nothing of who made it, when, or where.
    """
    title, language = _quoted(rendered.subject), _quoted(rendered.language)
    head = f"#set document(title: {title}, date: none)\n#set text(lang: {language})\n"
    source = head + _STYLE + _pictures(rendered.pictures) + _inside(read_page(rendered.html))
    try:
        made = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"])
    except (RuntimeError, ValueError) as error:
        # The engine's own words may hold values of the document.
        raise RenderingRefused(
            f"Le document ne peut pas devenir un PDF accessible ({type(error).__name__}) : une lettre manque "
            "peut-être à ses polices, ou un dessin à ses modèles.",
            todo="écrivez-le en .html, et imprimez-le depuis un navigateur",
        ) from None
    assert isinstance(made, bytes)  # noqa: S101 - without an output path, one file comes back
    return made


def _pictures(pictures: Mapping[str, str]) -> str:
    """Let the page name each drawing; one that there is not refuses the page."""
    known = "".join(f"{_quoted(name)}: {_quoted(drawing)}, " for name, drawing in pictures.items())
    return (
        f"#let drawings = ({known or ':'})\n"
        '#let drawn(name, words) = image(bytes(drawings.at(name)), format: "svg", alt: words, height: 16mm)\n'
    )


def _inside(element: Element) -> str:
    return "".join(_text(part) if isinstance(part, str) else _written(part) for part in element.parts)


def _written(element: Element) -> str:
    if element.tag in SKIPPED or (element.style == "foot" and not element.words):
        return ""
    if element.tag == "table":
        return _table(element)
    if element.style == "picture":
        return f"\n#block(drawn({_quoted(element.title)}, {_quoted(element.label)}))\n"
    before, after = _TAGS.get(element.tag, ("", ""))
    inner = _items(element) if element.tag in {"ul", "ol"} else _inside(element)
    styled = _CLASSES.get(element.style)
    return f"{before}{styled}{inner}]{after}" if styled else f"{before}{inner}{after}"


def _items(element: Element) -> str:
    return "".join(map(_written, element.elements))


def _table(element: Element) -> str:
    """Set a table: as bars where it asks for them, as a grid to write in, or with its rows' names first."""
    bars = bars_of(element) if element.style == "bars" else []
    if any(each.value is not None for each in bars):
        return _plot(element, bars)
    rows = [part for part in element.below() if part.tag == "tr"]
    cells = [row.elements for row in rows]
    columns = max(map(len, cells), default=1)
    grid = element.style == "grid"
    shape = _GRID if grid else "(1fr, " + "auto, " * (columns - 1) + ")"
    aligned = "left" if grid else "(left, " + "right, " * (columns - 1) + ")"
    more = ", stroke: 0.6pt, inset: (x: 5pt, y: 8pt)" if grid else ""
    written = "".join(
        _row(own, strong=row.style == "total") for row, own in zip(rows, cells, strict=True) if own
    )
    return f"{_caption(element)}\n#table(columns: {shape}, align: {aligned}{more}, {written})\n"


def _row(cells: list[Element], *, strong: bool) -> str:
    written = "".join(_cell(each, strong=strong) for each in cells)
    return (
        f"table.header({written})," if len(cells) > 1 and all(each.tag == "th" for each in cells) else written
    )


def _cell(cell: Element, *, strong: bool) -> str:
    inner = _inside(cell)
    return f"[#strong[{inner}]]," if strong or (cell.tag == "td" and inner) else f"[{inner}],"


def _caption(table: Element) -> str:
    words = [each.words for each in table.below() if each.tag == "caption"]
    return "".join(f"\n#par[#strong[{_text(each)}]]\n" for each in words)


def _plot(table: Element, bars: list[Bar]) -> str:
    """Draw a table's rows as bars, with the same in words for whoever does not see them."""
    title = next((each.words for each in table.below() if each.tag == "caption"), "")
    alternate = _quoted(alternative(title, bars))
    drawing = f"bytes({_quoted(draw(bars))})"
    image = f'#image({drawing}, format: "svg", alt: {alternate}, width: 100%)'
    return f"\n#block(breakable: false)[{_caption(table)}{image}]\n"


def _text(text: str) -> str:
    """Return a text as Typst prints it: runs of spaces are one, and nothing in it is markup."""
    if not text.strip():
        return " " if text else ""
    return f"#{_quoted(spaced(text))};"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(each for each in escaped if each.isprintable() or each in _SPACES)}"'


_SPACES = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
