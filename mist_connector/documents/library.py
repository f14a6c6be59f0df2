"""The texts of the templates, parsed: what each is, what is wrong with it before any value is looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jinja2 import Environment, TemplateSyntaxError, nodes

from mist_connector.errors import Place, Problem

from .markup import markup_problems

LARGEST_TEMPLATE = 100_000


class Format(StrEnum):
    """What a template writes."""

    HTML = "html"
    TEXT = "txt"


def format_of(name: str) -> Format | None:
    """Return what a template of this name writes: `….html.j2` or `….txt.j2`, else None."""
    return next((each for each in Format if name.endswith(f".{each}.j2")), None)


@dataclass(frozen=True)
class Library:
    """Every template by its name below the templates folder; whoever builds it has read the files."""

    sources: Mapping[str, str] = field(repr=False)

    def parse(self, name: str, problems: list[Problem]) -> nodes.Template | None:
        """Return the syntax tree of a template, or None after adding what is wrong with it."""
        text = self.sources[name]
        if len(text) > LARGEST_TEMPLATE:
            problems.append(Problem(Place(name, 1, 1), "modèle trop long", "découpez-le"))
            return None
        unseen = ("caractère invisible interdit", "retapez cette ligne")
        problems.extend(Problem(place, *unseen) for place in self._unseen(name))
        environment = Environment(autoescape=True)
        try:
            tree, tokens = environment.parse(text, name), list(environment.lex(text, name))
        except TemplateSyntaxError as error:
            place = self.place(name, error.lineno)
            problems.append(Problem(place, "écriture Jinja incorrecte", _shortened(error.message)))
            return None
        if format_of(name) is Format.HTML:
            problems.extend(markup_problems(name, tokens))
        return tree

    def _unseen(self, name: str) -> Iterator[Place]:
        """Yield where a character stands that no eye sees: it could hide what a template does."""
        for number, line in enumerate(self.sources[name].split("\n"), start=1):
            for column, letter in enumerate(line, start=1):
                if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} and letter not in "\t\r":
                    yield Place(name, number, column)

    def place(self, name: str, line: int, word: str = "") -> Place:
        """Return where a word stands on a line of a template; the line's first column if it does not."""
        lines = self.sources[name].splitlines() or [""]
        text = lines[min(line, len(lines)) - 1]
        found = re.search(rf"\b{re.escape(word)}\b", text) if word else None
        return Place(name, line, found.start() + 1 if found else 1)


def _shortened(message: str | None) -> str:
    return (message or "")[:200]
