"""First and last names written in one cell, and what makes two names the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .values import plain

_PARTICLES = frozenset(
    {"de", "du", "des", "d'", "la", "le", "les", "van", "von", "der", "den", "ben", "bin", "el", "al", "da",
     "di", "dos", "ould", "mac"}
)  # fmt: skip


def split_name(text: str, order: Sequence[str]) -> dict[str, str] | None:
    """Return the parts of a name by the keys of `order` (as its heading says), or None where that is unsure.

    Capitals tell the last name, a comma ends it; else two words are taken in the order of the heading.
    """
    first, last = ("first_name", "last_name") if "first_name" in order else (order[0], order[-1])
    before, comma, after = (part.strip() for part in text.partition(","))
    if comma:
        return {last: before, first: after} if before and after and "," not in after else None
    words = text.split()
    capitals = [word for word in words if _capital(word)]
    others = [word for word in words if not _capital(word)]
    if capitals and others and _together(words):
        return {last: " ".join(capitals), first: " ".join(others)}
    if len(words) == len(order):
        return dict(zip(order, words, strict=True))
    return _by_particle(words, order, first, last)


def _by_particle(words: list[str], order: Sequence[str], first: str, last: str) -> dict[str, str] | None:
    """Split where a particle begins the last name, if it is written last."""
    at = next((at for at, word in enumerate(words) if at and plain(word) in _PARTICLES), None)
    if at is None or order[-1] != last:
        return None
    return {first: " ".join(words[:at]), last: " ".join(words[at:])}


def _capital(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _together(words: list[str]) -> bool:
    """Whether the words in capitals stand side by side."""
    marks = "".join("C" if _capital(word) else "." for word in words)
    return re.fullmatch(r"\.+C+|C+\.+", marks) is not None


def name_key(parts: Sequence[str]) -> str:
    """Return what makes two names the same: their words without case, accents, signs or order."""
    return " ".join(sorted(re.sub(r"[^a-z0-9]+", " ", plain(" ".join(parts))).split()))
