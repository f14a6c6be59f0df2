"""From `vocabularies.yaml` to the closed lists that facts are recorded with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mist_connector.blueprint.declaration import Choice
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, quoted, read, suggest


class VocabulariesFile(Strict):
    """The shape of `vocabularies.yaml`."""

    vocabularies: dict[str, tuple[Choice, ...]]


def declare_vocabularies(
    source: Source,
    rules: Collection[str],
    derived: Mapping[str, tuple[Choice, ...]],
    problems: list[Problem],
) -> dict[str, tuple[Choice, ...]] | None:
    """Return every closed list by its name, or None where it cannot be read, after adding every problem.

    `derived` are the lists that other files declare (statuses, offices); no list may be declared twice.
    """
    document = read(source, VocabulariesFile, problems)
    if document is None:
        return None
    found = list(_wrong(document, rules, derived))
    problems.extend(found)
    return {**document.value.vocabularies, **derived}


def _wrong(
    document: Document[VocabulariesFile], rules: Collection[str], derived: Mapping[str, tuple[Choice, ...]]
) -> Iterator[Problem]:
    for name, entries in document.value.vocabularies.items():
        if name in derived:
            place = document.key("vocabularies", name)
            what = f"la liste {quoted(name)} vient d’un autre fichier"
            yield Problem(place, what, f"retirez-la, et voyez {name}.yaml")
        if not entries:
            yield Problem(document.key("vocabularies", name), f"la liste {quoted(name)} est vide")
        yield from _wrong_entries(document, name, rules)


def _wrong_entries(
    document: Document[VocabulariesFile], name: str, rules: Collection[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(document.value.vocabularies[name]):
        if entry.id in seen:
            place = document.place("vocabularies", name, index, "id")
            yield Problem(place, f"entrée {quoted(entry.id)} déjà définie")
        seen.add(entry.id)
        if entry.rule is not None and entry.rule not in rules:
            place = document.place("vocabularies", name, index, "rule")
            yield Problem(place, f"règle inconnue {quoted(entry.rule)}", suggest(entry.rule, rules))
