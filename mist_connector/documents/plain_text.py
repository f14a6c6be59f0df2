"""A rendered page as plain text, for whoever reads mails without pictures, or listens to them.

Made of the page that was checked: what is not in the page cannot be in the text.
"""

from __future__ import annotations

from textwrap import fill

from .page_tree import SKIPPED, Element, read_page

WIDTH = 88
BLANK = "_" * 30
_TITLES = frozenset({"h1", "h2", "h3"})
_CONTAINERS = frozenset({"body", "html", "div"})


def plain_text(html: str) -> str:
    """Return the text of a page, a blank line between its parts."""
    return "\n\n".join(part for part in _blocks(read_page(html)) if part) + "\n"


def _blocks(element: Element) -> list[str]:
    blocks: list[str] = []
    for part in element.elements:
        if part.tag in SKIPPED:
            continue
        blocks.extend(_blocks(part) if part.tag in _CONTAINERS else [_block(part)])
    return blocks


def _block(element: Element) -> str:
    if element.tag in _TITLES:
        title = _line(element)
        return title.upper() if element.tag != "h3" else title
    if element.tag in {"ul", "ol"}:
        return _listed(element)
    if element.tag == "table":
        return _table(element)
    mark = "[ ] " if element.style == "tick" else ""
    return fill(f"{mark}{_line(element)}", WIDTH, break_on_hyphens=False, break_long_words=False)


def _listed(element: Element) -> str:
    items = [each for each in element.elements if each.tag == "li"]
    marks = [f"{number}." if element.tag == "ol" else "-" for number in range(1, len(items) + 1)]
    return "\n".join(
        fill(
            f"{mark} {_line(item)}",
            WIDTH,
            subsequent_indent=" " * (len(mark) + 1),
            break_on_hyphens=False,
            break_long_words=False,
        )
        for mark, item in zip(marks, items, strict=True)
    )


def _table(element: Element) -> str:
    """Set a table as lines: its caption, then each row, its cells apart."""
    caption = [_line(each) for each in element.below() if each.tag == "caption"]
    rows = [row for row in element.below() if row.tag == "tr"]
    lines = []
    for row in rows:
        first, *others = [_line(each) for each in row.elements] or [""]
        rest = " | ".join(each for each in others if each)
        apart = " " if first.endswith(":") else " | "
        lines.append(f"- {first}{apart}{rest}".rstrip(" |") if rest else f"- {first}")
    return "\n".join([*caption, *lines])


def _line(element: Element) -> str:
    """Return what is written in an element on one line; what is to be filled in by hand as a rule."""
    if element.style == "blank":
        return BLANK
    parts = [part if isinstance(part, str) else _inside(part) for part in element.parts]
    return " ".join(filter(None, "".join(parts).replace("\n", " ").replace("\t", " ").split(" ")))


def _inside(element: Element) -> str:
    if element.tag == "br":
        return " "
    written = _line(element)
    lead = " " if element.parts[:1] and str(element.parts[0])[:1].isspace() else ""
    return f"{lead}{written}"
