"""From `privacy.yaml` to what erasures and reviews keep to."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.retention import Retention, Staying
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, read, suggest


class PrivacyFile(Strict):
    """The shape of `privacy.yaml`."""

    privacy: Retention


def declare_privacy(
    source: Source,
    blueprint: Blueprint,
    rules: Collection[str],
    known: tuple[Collection[str], Collection[str]],
    problems: list[Problem],
) -> Retention | None:
    """Return what erasures keep to, or None after adding every problem; `known`: decisions, expectations."""
    document = read(source, PrivacyFile, problems)
    if document is None:
        return None
    found = [*_unknown(document, blueprint, rules)]
    named = zip(("decision", "due"), ("décision inconnue", "attente inconnue"), known, strict=True)
    for key, what, there in named:
        name = getattr(document.value.privacy, key)
        if name is not None and name not in there:
            found.append(Problem(document.place("privacy", key), what, suggest(name, there)))
    problems.extend(found)
    return None if found else document.value.privacy


def _unknown(
    document: Document[PrivacyFile], blueprint: Blueprint, rules: Collection[str]
) -> Iterator[Problem]:
    models = {model.key: model for model in blueprint.models}
    for index, staying in enumerate(document.value.privacy.stays):
        if staying.model not in models:
            place = document.place("privacy", "stays", index, "model")
            yield Problem(place, f"modèle inconnu : « {staying.model} »", suggest(staying.model, models))
            continue
        if staying.rule not in rules:
            place = document.place("privacy", "stays", index, "rule")
            yield Problem(place, f"règle inconnue : « {staying.rule} »", suggest(staying.rule, rules))
        yield from _fields(document, index, staying, [field.key for field in models[staying.model].fields])


def _fields(
    document: Document[PrivacyFile], index: int, staying: Staying, known: Collection[str]
) -> Iterator[Problem]:
    for at, field in enumerate(staying.without):
        if field not in known:
            place = document.place("privacy", "stays", index, "without", at)
            yield Problem(place, f"champ inconnu : « {field} »", suggest(field, known))
