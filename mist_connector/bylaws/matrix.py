"""Who may do what with each tier: a floor as well as a ceiling."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from mist_connector.strict import Strict

from .text import Text
from .tiers import Tier

WORD = r"^[a-z][a-z0-9_]*$"


class Act(StrEnum):
    """What somebody may do with a piece of information."""

    READ = "read"
    WRITE = "write"
    CREATE = "create"
    DELETE = "delete"
    EXPORT = "export"


class Key(Text):
    """A fact that must hold today for a grant to open anything, and the rules or decisions behind it."""

    id: str = Field(pattern=WORD)
    because: tuple[str, ...] = Field(min_length=1)


class Door(Text):
    """A way by which readers reach what they may."""

    id: str = Field(pattern=WORD)


class Cell(Strict):
    """What one reader may do with one tier, while which keys hold, and by which rules or decisions.

    Nothing else is allowed, and all of this must work.
    """

    may: tuple[Act, ...]
    keys: tuple[str, ...] = ()
    because: tuple[str, ...] = Field(min_length=1)


class Reader(Text):
    """One row: somebody in one role, the door she comes through, and her cell for every tier."""

    id: str = Field(pattern=WORD)
    door: str
    tiers: dict[Tier, Cell]


class Matrix(Strict):
    """All rows, with the keys and doors that they speak of."""

    keys: tuple[Key, ...]
    doors: tuple[Door, ...]
    readers: tuple[Reader, ...]

    def cell(self, reader: str, tier: Tier) -> Cell:
        """Return one cell; KeyError if there is no such reader."""
        row = {each.id: each for each in self.readers}[reader]
        return row.tiers[tier]
