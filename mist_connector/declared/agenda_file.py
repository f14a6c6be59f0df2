"""From `agenda.yaml` to how what comes is said, each kind of fact being one that ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter
from typing import get_type_hints

from mist_connector.bylaws.agenda_words import AgendaWords
from mist_connector.bylaws.fact_shapes import FactShapes, fact_shapes
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, quoted, read, suggest

_OF_ENDS = frozenset({"office", "since", "until"})
_WORDS = {"status": frozenset({"before", "after"}), "assembly": frozenset(), "assembly_limit": frozenset()}


class AgendaFile(Strict):
    """The shape of `agenda.yaml`."""

    agenda: AgendaWords


def declare_agenda(
    source: Source, rules: Collection[str], problems: list[Problem], kinds: FactShapes | None = None
) -> AgendaWords | None:
    """Return how what comes is said, or None where it cannot be read, after adding every problem."""
    document = read(source, AgendaFile, problems)
    if document is None:
        return None
    found = [*_wrong_ends(document, rules, ending_facts(kinds or fact_shapes({}))), *_wrong_words(document)]
    problems.extend(found)
    return document.value.agenda


def ending_facts(kinds: FactShapes) -> tuple[str, ...]:
    """Return the kinds of fact that have a last day."""
    return tuple(name for name, shape in kinds.relations.items() if "until" in get_type_hints(shape))


def _wrong_ends(
    document: Document[AgendaFile], rules: Collection[str], ending: Collection[str]
) -> Iterator[Problem]:
    """Yield facts that do not end, rules that do not exist, and ends without a rule."""
    for index, end in enumerate(document.value.agenda.ends):
        if end.of not in ending:
            place = document.place("agenda", "ends", index, "of")
            yield Problem(place, f"fait inconnu {quoted(end.of)}", suggest(end.of, ending))
        if end.rule is None and end.of != "mandates":
            place = document.key("agenda", "ends", index, "of")
            yield Problem(place, f"la fin de {quoted(end.of)} ne dit pas sa règle", "ajoutez rule")
        if end.rule is not None and end.rule not in rules:
            place = document.place("agenda", "ends", index, "rule")
            yield Problem(place, f"règle inconnue {quoted(end.rule)}", suggest(end.rule, rules))


def _wrong_words(document: Document[AgendaFile]) -> Iterator[Problem]:
    """Yield words in braces that are not filled in."""
    agenda = document.value.agenda
    ends = [(("ends", index), end, _OF_ENDS) for index, end in enumerate(agenda.ends)]
    others = [((name,), getattr(agenda, name), words) for name, words in _WORDS.items()]
    for path, text, words in (*ends, *others):
        for language in ("fr", "en"):
            for _, word, _, _ in Formatter().parse(getattr(text, language)):
                if word is not None and word not in words:
                    place = document.place("agenda", *path, language)
                    hint = f"possibles\xa0: {', '.join(sorted(words)) or 'aucun'}"
                    yield Problem(place, f"mot inconnu entre accolades {quoted(word)}", hint)
