"""What is shown from another model: each path leads to a text that may travel to where it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mist_connector.blueprint.compile_names import shown_from
from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Model
from mist_connector.errors import Place, Problem

from .blueprint_shapes import ModelFile
from .reading import Document

_WORDS = {FieldType.TEXT, FieldType.JOINED}


def wrong_shown(blueprint: Blueprint, documents: Sequence[Document[ModelFile]]) -> Iterator[Problem]:
    """Return the fields that show what is not there, is no text, or is more confidential than their model."""
    for document in documents:
        model = document.value.model
        for i, field in enumerate(model.fields):
            if field.of is not None:
                yield from _wrong(blueprint, model, field, document.place("model", "fields", i, "of"))


def _wrong(blueprint: Blueprint, model: Model, field: Field, place: Place) -> Iterator[Problem]:
    try:
        source, shown = shown_from(model, field, blueprint)
    except KeyError as error:
        yield Problem(place, f"champ inconnu dans le chemin : {error}")
        return
    if field.type is FieldType.CHOICE and shown.choices != field.choices:
        yield Problem(place, f"le champ « {shown.key} » n'a pas la même liste de choix")
    if field.type is not FieldType.CHOICE and shown.type not in _WORDS:
        yield Problem(place, f"le champ « {shown.key} » n'est pas un texte")
    if source.tier.rank > model.tier.rank:
        yield Problem(place, f"« {source.key} » est plus confidentiel que « {model.key} », qui le montre")
