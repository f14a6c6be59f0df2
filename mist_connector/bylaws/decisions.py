"""What only the association can settle, and the answer in force meanwhile."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from .rules import DECISION_ID
from .text import Text


class Answer(Text):
    """One possible answer, in words."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")


class Decision(Text):
    """A question that the bylaws leave open (`fr`, `en`), and what holds today.

    `answer` is the id of the answer in force; None: nothing is, `meanwhile` says what that means, and
    whatever depends on the decision stays off. `numbers` are the figures that the answer goes with.
    """

    id: str = Field(pattern=DECISION_ID)
    rules: tuple[str, ...]
    answers: tuple[Answer, ...] = Field(min_length=1)
    answer: str | None
    meanwhile: Text | None = None
    numbers: dict[str, int] = Field(default_factory=dict)
    decided_by: str | None = None
    decided_on: date | None = None

    @property
    def is_open(self) -> bool:
        """True until the association has settled it."""
        return self.decided_by is None

    @property
    def in_force(self) -> Text:
        """The words of what holds today."""
        chosen = next((answer for answer in self.answers if answer.id == self.answer), None)
        return chosen or self.meanwhile or Text(fr="aucune réponse en vigueur", en="no answer in force")
