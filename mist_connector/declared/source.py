"""The text of one mapping file, and the name under which errors speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mist_connector.errors import Place

if TYPE_CHECKING:
    from .editing import Edit
    from .tree import Position


@dataclass(frozen=True)
class Source:
    """A text and its name; whoever builds it has read the file. `edits`: read otherwise than written."""

    name: str
    text: str
    edits: tuple[Edit, ...] = ()

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text; an empty text has one empty line."""
        unified = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return unified.split("\n")

    def place(self, position: Position) -> Place:
        """Return a position as a place, moved back inside the text if it lies beyond its end."""
        line = min(position[0], len(self.lines))
        beyond = position[0] > line
        last = len(self.lines[line - 1]) + 1
        return Place(self.name, line, last if beyond else min(position[1], last))

    def place_at(self, index: int) -> Place:
        """Return the place of the character at this index."""
        before = self.text[:index].replace("\r\n", "\n").replace("\r", "\n")
        return self.place((before.count("\n") + 1, index - self.text.rfind("\n", 0, index)))
