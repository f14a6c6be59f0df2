"""What the engine finds in the facts, each with its rule, its sentence and the facts that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from string import Formatter

from mist_connector.remembered import Remembered

from .checks import Check, CheckId, Severity
from .facts import Dated
from .text import Text

Word = Text | str | date | None
"""What may be put into a sentence; a day that is not known is None."""


@dataclass(frozen=True)
class Finding:
    """One thing found: about the person of this code, or about everybody in an office (`code` None).

    `check` is the id of a check or of an expectation. `others` are the codes of further people whom it
    concerns. `due`: the last day on which it is to be mended. `office`: the one that it is about, if any.
    """

    check: CheckId | str
    severity: Severity
    rule: str
    text: Text
    mend: Text
    code: str | None = None
    others: tuple[str, ...] = ()
    facts: tuple[Dated, ...] = ()
    due: date | None = None
    office: str | None = None

    @property
    def same(self) -> tuple[object, ...]:
        """What makes two findings one, whatever the numbers in their sentences."""
        return self.check, self.rule, self.code, self.office, self.facts

    @property
    def order(self) -> tuple[int, str, str, str]:
        """What findings are sorted by: the most pressing first, then by rule and person."""
        return self.severity.rank, self.rule, self.code or "", self.text.fr


def found(
    check: Check,
    words: dict[str, Word],
    *,
    rule: str = "",
    code: str | None = None,
    others: tuple[str, ...] = (),
    facts: tuple[Dated, ...] = (),
    due: date | None = None,
    office: str | None = None,
) -> Finding:
    """Return a finding of a check, with these words in its sentences; `rule` where the check has none."""
    return Finding(
        check=check.id,
        severity=check.severity,
        rule=check.rule or rule,
        text=fill(check, words),
        mend=fill(check.mend, words),
        code=code,
        others=others,
        facts=facts,
        due=due,
        office=office,
    )


def fill(text: Text, words: dict[str, Word]) -> Text:
    """Put words into the braces of a text, each in the language of the sentence; days as that writes them."""
    blanks = _blanks(text)
    if isinstance(blanks, Text):
        return blanks
    french, english = {}, {}
    for name in blanks:
        french[name], english[name] = _said(words[name])
    return Text(fr=text.fr.format(**french), en=text.en.format(**english))


def _said(word: Word) -> tuple[str, str]:
    """Return a word in French and in English."""
    match word:
        case Text():
            return word.fr, word.en
        case date():
            return f"{word:%d/%m/%Y}", word.isoformat()
        case None:
            return "…", "…"
    return word, word


def _blanks_in(text: Text) -> frozenset[str] | Text:
    """Return the names in the braces of a text; or its sentences, where these are the same for everybody."""
    if "{" not in text.fr + text.en:
        return Text(fr=text.fr, en=text.en)
    pieces = (*Formatter().parse(text.fr), *Formatter().parse(text.en))
    return frozenset(name for _, name, _, _ in pieces if name)


_blanks = Remembered(_blanks_in)
