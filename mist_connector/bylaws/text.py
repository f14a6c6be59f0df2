"""Words that people read: French first, English beside it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A frozen value that accepts nothing it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Strict):
    """One text in the two languages that the association works in."""

    fr: str
    en: str

    def __str__(self) -> str:
        """Read in French."""
        return self.fr
