"""Mapping files that an association takes as delivered, with some words put in place of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated

import yaml
from pydantic import Field

from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .composing import PARSER
from .reading import Document, Source, read
from .suggestion import quoted, suggest

DELIVERED = "delivered.yaml"
_WORD = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.@+-]*$")]


class Taken(Strict):
    """Which delivered files an association takes; `instead`: its own words for ids and addresses of theirs.

    A word stands in the place of another one only where that one is a whole value or a whole key.
    """

    files: tuple[str, ...] = Field(min_length=1)
    instead: dict[_WORD, _WORD] = Field(default_factory=dict)


class DeliveredFile(Strict):
    """The shape of `delivered.yaml`."""

    delivered: Taken


def with_delivered(
    own: Mapping[str, Source], delivered: Mapping[str, Source], problems: list[Problem]
) -> dict[str, Source]:
    """Return an association's own files together with those that it takes as delivered."""
    found = {name: source for name, source in own.items() if name != DELIVERED}
    document = read(own[DELIVERED], DeliveredFile, problems) if DELIVERED in own else None
    if document is None:
        return found
    taken = document.value.delivered
    problems.extend(_wrong(document, found, delivered))
    used: set[str] = set()
    for name in taken.files:
        if name in delivered and name not in found:
            found[name] = _reworded(delivered[name], taken.instead, used)
    for word in taken.instead.keys() - used:
        place = document.key("delivered", "instead", word)
        problems.append(Problem(place, f"{quoted(word)} n'est dans aucun de ces fichiers", "retirez-le"))
    return dict(sorted(found.items()))


def _wrong(
    document: Document[DeliveredFile], own: Mapping[str, Source], delivered: Mapping[str, Source]
) -> Iterator[Problem]:
    """Yield the files that are not delivered, and those that the association has itself."""
    for index, name in enumerate(document.value.delivered.files):
        place = document.place("delivered", "files", index)
        if name not in delivered:
            yield Problem(place, f"aucun fichier livré {quoted(name)}", suggest(name, delivered))
        if name in own:
            yield Problem(place, f"le dossier a déjà son propre {quoted(name)}", "gardez l'un des deux")


def _reworded(source: Source, instead: Mapping[str, str], used: set[str]) -> Source:
    """Return a text in which words stand for others, from the end so that places stay right."""
    lines = source.text.split("\n")
    try:
        words = list(_plain(source.text, instead))
    except yaml.YAMLError:
        return source  # said where the file is read
    for at, column, word in reversed(words):
        line = lines[at]
        lines[at] = line[:column] + instead[word] + line[column + len(word) :]
        used.add(word)
    return replace(source, text="\n".join(lines))


def _plain(text: str, instead: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield the line, the column and the value of each bare word that another one stands for."""
    for event in yaml.parse(text, Loader=PARSER):
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.value in instead:
            mark = event.start_mark
            assert mark is not None  # noqa: S101 - both parsers tell where each event begins
            yield mark.line, mark.column, event.value
