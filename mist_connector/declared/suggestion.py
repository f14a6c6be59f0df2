"""What somebody probably meant by a word that is not known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from mist_connector.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60


def quoted(text: str) -> str:
    """Put a word between quotation marks, shortened if it is very long."""
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return _("«\N{NO-BREAK SPACE}{shown}\N{NO-BREAK SPACE}»").format(shown=shown)


def suggest(word: str, candidates: Iterable[str]) -> str:
    """Return a hint that names the candidate nearest to the word, or nothing if none is near."""
    if len(word) > LONGEST:
        return ""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(candidates)}
    near = difflib.get_close_matches(word.casefold(), list(by_folded), n=1)
    if not near:
        return ""
    return _("vouliez-vous dire {word}\N{NO-BREAK SPACE}?").format(word=quoted(by_folded[near[0]]))
