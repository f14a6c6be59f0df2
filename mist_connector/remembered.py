"""What was worked out once of a declaration, which never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")
R = TypeVar("R")
_MOST = 20_000


class Remembered(Generic[V, R]):
    """A function whose results are kept for each very object it was called with, until there are too many.

    To compare or hash a deep declaration takes longer than what is remembered of it: it is told by its
    identity, and kept alive beside the result, lest another object get that identity.
    """

    def __init__(self, make: Callable[[V], R]) -> None:
        """Remember what this function makes."""
        self._make = make
        self._known: dict[int, tuple[V, R]] = {}

    def __call__(self, value: V) -> R:
        """Return what the function makes of a value."""
        known = self._known.get(id(value))
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[id(value)] = (value, self._make(value))
        return known[1]

    def cache_clear(self) -> None:
        """Forget everything."""
        self._known.clear()
