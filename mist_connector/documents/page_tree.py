"""A rendered page as a tree: the few elements that documents use, from which PDF and plain text are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .refusal import RenderingRefused

VOID = frozenset({"meta", "br", "hr"})
SKIPPED = frozenset({"head", "style", "title"})


@dataclass
class Element:
    """An element of the page, and what is inside it."""

    tag: str
    style: str = ""
    title: str = ""
    label: str = ""
    parts: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements directly inside, without the texts between them."""
        return [part for part in self.parts if isinstance(part, Element)]

    def below(self) -> Iterator[Element]:
        """Yield every element inside, in the order of the page."""
        for part in self.elements:
            yield part
            yield from part.below()

    @property
    def words(self) -> str:
        """Everything written inside, runs of spaces as one."""
        return spaced("".join(part if isinstance(part, str) else part.words for part in self.parts)).strip()


class _Reader(HTMLParser):
    """Builds the tree of a rendered page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        known = dict(attrs)
        style, title, label = (known.get(each) or "" for each in ("class", "title", "aria-label"))
        element = Element(tag, style, title, label)
        self._open[-1].parts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """End an element; RenderingRefused where another one is open."""
        if tag in VOID:
            return
        if self._open[-1].tag != tag:
            raise RenderingRefused(f"La page n'est pas bien formée : « {tag} » se ferme mal.")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self._open[-1].parts.append(data)


def read_page(html: str) -> Element:
    """Return the tree of a rendered page; RenderingRefused if it is not well formed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def spaced(text: str) -> str:
    """Return a text whose runs of ordinary spaces are one; spaces that hold words together stay."""
    words = " ".join(filter(None, text.replace("\n", " ").replace("\t", " ").split(" ")))
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if text[-1:].isspace() and words else ''}"
