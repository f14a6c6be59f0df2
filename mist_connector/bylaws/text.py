"""Words that people read: French first, English beside it."""

from __future__ import annotations

from mist_connector.strict import Strict


class Text(Strict):
    """One text in the two languages that the association works in."""

    fr: str
    en: str

    def __str__(self) -> str:
        """Read in French."""
        return self.fr
