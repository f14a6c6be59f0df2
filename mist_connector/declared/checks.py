"""From `checks.yaml` to the checks, each with the words that its sentences may use."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter

from mist_connector.bylaws.checks import (
    CLOCKS,
    WITH_DAYS,
    WITH_STATUS,
    WITH_STEPS,
    WITHOUT_RULE,
    WORDS,
    Check,
)
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, quoted, read, suggest


class ChecksFile(Strict):
    """The shape of `checks.yaml`."""

    checks: tuple[Check, ...]


def declare_checks(
    source: Source,
    rules: Collection[str],
    statuses: Collection[StatusRule] | None,
    problems: list[Problem],
) -> tuple[Check, ...] | None:
    """Return the checks, or None where they cannot be read, after adding every problem.

    `statuses` None: theirs are not looked up.
    """
    document = read(source, ChecksFile, problems)
    if document is None:
        return None
    known = None if statuses is None else [status.id for status in statuses]
    found = [*_repeated(document), *_wrong(document, rules, known), *_wrong_words(document)]
    problems.extend(found)
    return document.value.checks


def _repeated(document: Document[ChecksFile]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, check in enumerate(document.value.checks):
        if check.id in seen:
            yield Problem(document.place("checks", index, "id"), f"contrôle {quoted(check.id)} déjà défini")
        seen.add(check.id)


def _wrong(
    document: Document[ChecksFile], rules: Collection[str], statuses: Collection[str] | None
) -> Iterator[Problem]:
    for index, check in enumerate(document.value.checks):
        yield from _demands(document, index, check)
        named = [("status", check.status), *(("statuses", each) for each in check.statuses)]
        for key, word, known in (("rule", check.rule, rules), *((*each, statuses) for each in named)):
            if word is not None and known is not None and word not in known:
                place = document.place("checks", index, key)
                yield Problem(place, f"valeur inconnue {quoted(word)}", suggest(word, known))


def _demands(document: Document[ChecksFile], index: int, check: Check) -> Iterator[Problem]:
    """Yield the keys that this check needs and lacks, and those that it has and cannot use."""
    demands = {
        "rule": check.id not in WITHOUT_RULE,
        "days": check.id in WITH_DAYS or (check.id in CLOCKS and check.months is None),
        "months": check.id in CLOCKS and check.days is None,
        "status": check.id in WITH_STATUS,
        "statuses": check.id in CLOCKS,
        "steps": check.id in WITH_STEPS,
    }
    for key, wanted in demands.items():
        if bool(getattr(check, key)) == wanted:
            continue
        what, hint = ("demande", "complétez-le") if wanted else ("ne prend pas", "retirez-le")
        place = document.key("checks", index, key)
        yield Problem(place, f"le contrôle {quoted(check.id)} {what} {quoted(key)}", hint)


def _wrong_words(document: Document[ChecksFile]) -> Iterator[Problem]:
    """Yield words in braces that the engine does not fill in, and braces that are none."""
    for index, check in enumerate(document.value.checks):
        for path, text in (((), check), (("mend",), check.mend)):
            for language in ("fr", "en"):
                place = document.place("checks", index, *path, language)
                for word in _words(text, language):
                    if word not in WORDS[check.id]:
                        hint = f"possibles\xa0: {', '.join(sorted(WORDS[check.id])) or 'aucun'}"
                        yield Problem(place, f"mot inconnu entre accolades {quoted(word)}", hint)


def _words(text: Text, language: str) -> Iterator[str]:
    """Yield the words in braces; the text itself where its braces do not match."""
    sentence: str = getattr(text, language)
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        yield sentence
        return
    for _, word, form, conversion in parts:
        if word is not None:
            yield f"{word}:{form}" if form else f"{word}!{conversion}" if conversion else word
