"""What only the association can settle, and the answer in force meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from .rules import DECISION_ID
from .text import Text


class Answer(Text):
    """One possible answer, in words, and what follows where it is the one in force.

    `sets`: values of the mappings, by their path, that are then read otherwise than written. `needs`: numbers
    and words of the decision without which it is nothing, each with the paths that it is put at.
    `unsupported`: why mist cannot follow it. Mappings in which it is in force are refused while something
    that it needs is not said, or where it is unsupported. None of these: the mappings are written for it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    sets: dict[str, Any] = Field(default_factory=dict)
    needs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unsupported: Text | None = None


class Decision(Text):
    """A question that the bylaws leave open (`fr`, `en`), and what holds today.

    `answer` is the id of the answer in force; None: nothing is, `meanwhile` says what that means, and
    whatever depends on the decision stays off. `numbers` are the figures that the answer goes with, `words`
    which version or level, from which day; None: nobody has said. `numbers_set`, `words_set`: the paths of
    the values that each of them is, whichever answer is in force. `followed_by`: the path of what reads the
    answer itself. `people`: what the association does with the answer, where no code depends on it.
    """

    id: str = Field(pattern=DECISION_ID)
    rules: tuple[str, ...]
    answers: tuple[Answer, ...] = Field(min_length=1)
    answer: str | None
    meanwhile: Text | None = None
    numbers: dict[str, int | None] = Field(default_factory=dict)
    words: dict[str, str | None] = Field(default_factory=dict)
    numbers_set: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    words_set: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    followed_by: str | None = None
    people: Text | None = None
    decided_by: str | None = None
    decided_on: date | None = None

    @property
    def is_open(self) -> bool:
        """True until the association has settled it."""
        return self.decided_by is None

    @property
    def chosen(self) -> Answer | None:
        """The answer in force, if one is."""
        return next((answer for answer in self.answers if answer.id == self.answer), None)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The numbers and words that the answer in force needs, and that nobody has said."""
        needed, said = self.chosen.needs if self.chosen else (), {**self.numbers, **self.words}
        return tuple(name for name in needed if said.get(name) is None)

    @property
    def figures(self) -> str:
        """The numbers and words that are said, as `[months = 2]`."""
        said = {**self.numbers, **self.words}
        return "".join(f" [{name} = {value}]" for name, value in sorted(said.items()) if value is not None)

    @property
    def in_force(self) -> Text:
        """The words of what holds today."""
        return self.chosen or self.meanwhile or Text(fr="aucune réponse en vigueur", en="no answer in force")
