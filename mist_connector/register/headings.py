"""What the headings of a list mean: each proposed as a column of the register, a fact, or nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mist_connector.blueprint.register import Implied, RegisterTable

from .values import Column, plain

# Small words that change nothing of what a heading means.
_SMALL = frozenset(
    {"le", "la", "les", "l", "de", "du", "des", "d", "date", "et", "son", "sa", "votre", "jour"}
)
_ASIDE = re.compile(r"\([^)]{2,}\)")
_NEAR = 0.84  # how alike two headings are, of which one is likely the other misspelt
_SHORTEST = 4


@dataclass(frozen=True)
class Meaning:
    """What a column of a list holds: one column or several, a fact, or what is left out and why.

    `sure`: the heading says so; otherwise it is likely only, and somebody is to be asked.
    """

    columns: tuple[Column, ...] = ()
    implied: Implied | None = None
    left: str = ""
    sure: bool = True

    @property
    def taken(self) -> bool:
        """Whether anything of the column comes in."""
        return bool(self.columns) or self.implied is not None


class Headings:
    """The headings that lead somewhere, for one table of the register."""

    def __init__(self, table: RegisterTable, columns: Sequence[Column]) -> None:
        self.table, self.columns = table, columns
        by_key = {column.key: column for column in columns}
        self._known: dict[str, Meaning] = {}
        for column in columns:
            one = Meaning((column,))
            # `name` is the key of the code: in a list, « Name » is somebody's.
            keys = () if column.key == "name" and table.recognised else (column.key,)
            for heading in (column.heading, *keys, *table.also.get(column.key, ())):
                self._known.setdefault(folded(heading), one)
        for heading, parts in table.joined.items():
            self._known.setdefault(folded(heading), Meaning(tuple(by_key[part] for part in parts)))
        for implied in table.implied:
            for heading in implied.headings:
                self._known.setdefault(folded(heading), Meaning(implied=implied))
        for out in table.left:
            for heading in out.headings:
                self._known.setdefault(folded(heading), Meaning(left=out.reason.fr))

    def meaning(self, heading: str) -> Meaning | None:
        """Return what a heading means, surely or likely; None where it is not known."""
        word = folded(heading)
        if word in self._known:
            return self._known[word]
        if len(word) < _SHORTEST:
            return None
        near = difflib.get_close_matches(word, list(self._known), n=1, cutoff=_NEAR)
        if not near:
            return None
        found = self._known[near[0]]
        return Meaning(found.columns, found.implied, found.left, sure=False)

    def exact(self, heading: str) -> Column | None:
        """Return the column that bears this very heading or key, whatever the case."""
        word = heading.casefold()
        return next((each for each in self.columns if word in {each.heading.casefold(), each.key}), None)

    def hits(self, cells: Sequence[str]) -> int:
        """Return how many cells of a line are headings that are surely known; each counts once."""
        words = {folded(cell) for cell in cells if cell}
        return sum(word in self._known for word in words)

    def names(self) -> Mapping[str, Column]:
        """Return the columns by their headings, as somebody is asked about them."""
        return {column.heading: column for column in self.columns}


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """Return a heading without case, accents, signs, endings of the plural and small words."""
    words = re.sub(r"[^a-z0-9]+", " ", plain(_ASIDE.sub(" ", heading))).split()
    kept = [word for word in words if word not in _SMALL] or words
    return " ".join(word.rstrip("s") if len(word) >= _SHORTEST else word for word in kept)
