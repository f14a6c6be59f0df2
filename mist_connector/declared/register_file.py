"""From `register.yaml` to the files of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, quoted, read, suggest


class RegisterFile(Strict):
    """The shape of `register.yaml`."""

    files: tuple[RegisterTable, ...]


def declare_register(
    source: Source, blueprint: Blueprint, problems: list[Problem]
) -> tuple[RegisterTable, ...] | None:
    """Return the files of the register, or None after adding every problem."""
    document = read(source, RegisterFile, problems)
    if document is None:
        return None
    found = [*_repeated(document), *_wrong(document, blueprint)]
    problems.extend(found)
    return None if found else document.value.files


def _repeated(document: Document[RegisterFile]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, table in enumerate(document.value.files):
        if table.file in seen:
            yield Problem(document.place("files", index, "file"), f"fichier {quoted(table.file)} répété")
        seen.add(table.file)


def _wrong(document: Document[RegisterFile], blueprint: Blueprint) -> Iterator[Problem]:
    """Yield models and fields that do not exist, and parts of the key that are no columns."""
    models = {model.key: model for model in blueprint.models}
    for index, table in enumerate(document.value.files):
        if table.model not in models:
            place = document.place("files", index, "model")
            yield Problem(place, f"modèle inconnu {quoted(table.model)}", suggest(table.model, models))
            continue
        fields = [NAME, *(field.key for field in models[table.model].fields)]
        for word in table.columns:
            if word not in fields:
                place = document.key("files", index, "columns", word)
                yield Problem(place, f"champ inconnu {quoted(word)}", suggest(word, fields))
        for part in ("key", "updates", "last", "shapes", "also"):
            yield from _unknown(document, index, part, table.columns, "ce n’est pas une colonne\xa0:")
        yield from _misplaced(document, index)


def _misplaced(document: Document[RegisterFile], index: int) -> Iterator[Problem]:
    """Yield what lists are read by and that leads to no column of a table."""
    tables = {each.file: each for each in document.value.files}
    table = document.value.files[index]
    for heading, parts in table.joined.items():
        for word in set(parts) - set(table.columns):
            place = document.key("files", index, "joined", heading)
            yield Problem(
                place, f"ce n’est pas une colonne\xa0: {quoted(word)}", suggest(word, table.columns)
            )
    for at, implied in enumerate(table.implied):
        place = document.place("files", index, "implied", at, "file")
        if implied.file not in tables:
            yield Problem(place, f"fichier inconnu {quoted(implied.file)}", suggest(implied.file, tables))
            continue
        columns = tables[implied.file].columns
        for word in (implied.day, implied.person, *implied.values):
            if word not in columns:
                yield Problem(place, f"ce n’est pas une colonne\xa0: {quoted(word)}", suggest(word, columns))


def _unknown(
    document: Document[RegisterFile], index: int, part: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    for at, word in enumerate(getattr(document.value.files[index], part)):
        if word not in known:
            named = isinstance(getattr(document.value.files[index], part), dict)
            path = ("files", index, part, word if named else at)
            place = document.key(*path) if named else document.place(*path)
            yield Problem(place, f"{what} {quoted(word)}", suggest(word, known))
