"""The rules of the bylaws: what each says in our own words, how firmly, and what gives it effect."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from mist_connector.strict import Strict

from .sections import SECTION_ID
from .text import Text

RULE_ID = r"^[A-Z]{1,3}[0-9]{2}$"
DECISION_ID = r"^Q[0-9]{2}$"


class Level(StrEnum):
    """How firmly a rule is held, from a text to read to a refused write."""

    INFO = "INFO"
    REMIND = "REMIND"
    WARN = "WARN"
    BLOCK = "BLOCK"

    @property
    def rank(self) -> int:
        """The place in the order; a higher rank holds more firmly."""
        return list(Level).index(self)


class Mechanism(StrEnum):
    """The kinds of things that give a rule effect."""

    ACCESS = "access"
    ASSEMBLY = "assembly"
    CHECK = "check"
    DOCUMENT = "document"
    FIELD = "field"
    FORM_TEXT = "form_text"
    HOOK = "hook"
    OFFICE = "office"
    REMINDER = "reminder"
    STATUS = "status"
    SYNC = "sync"
    VOCABULARY = "vocabulary"


class Work(StrEnum):
    """Work still to come, which rules may wait for."""

    FACTS = "facts"
    CONFIDENTIALITY = "confidentiality"
    ASSEMBLIES = "assemblies"


class Reference(Strict):
    """One thing that gives a rule effect: its kind, and its id among things of that kind."""

    kind: Mechanism
    ref: str = Field(min_length=1)

    def __str__(self) -> str:
        """Write the reference on a few characters."""
        return f"{self.kind}:{self.ref}"


class RuleEntry(Text):
    """A rule as the file of its section has it; `fr` and `en` say what it asks.

    `level` is how it is held first of all, `also` how else; `planned` names the work that is to give
    it (more) effect.
    """

    id: str = Field(pattern=RULE_ID)
    level: Level
    also: tuple[Level, ...] = ()
    decisions: tuple[str, ...] = ()
    implemented_by: tuple[Reference, ...] = ()
    planned: tuple[Work, ...] = ()


class Rule(RuleEntry):
    """A rule and the section that states it."""

    section: str = Field(pattern=SECTION_ID)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Every level at which the rule is held, the first one first."""
        return (self.level, *self.also)
