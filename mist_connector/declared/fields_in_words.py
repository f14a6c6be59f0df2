"""Where a value stands in the CRM: what the record is called, and its field as the form labels it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Model
from mist_connector.bylaws.provisions import FieldInWords
from mist_connector.bylaws.text import Text

PERSON = "person"


def fields_in_words(blueprint: Blueprint) -> Mapping[tuple[str, str], FieldInWords]:
    """Return the words for each field of a person, and of each kind of fact about her."""
    person = blueprint.model(PERSON)
    because = blueprint.frame.because.secrecy
    kinds = {PERSON: person, **dict(_kinds(person, blueprint))}
    return {
        (kind, field.key): _words(model, field, because)
        for kind, model in kinds.items()
        for field in model.fields
    }


def _kinds(person: Model, blueprint: Blueprint) -> Iterator[tuple[str, Model]]:
    for field in person.fields:
        if field.type in {FieldType.MANY, FieldType.APART} and field.to is not None:
            yield field.key, blueprint.model(field.to)


def _words(model: Model, field: Field, because: str) -> FieldInWords:
    label = Text(
        fr=f"{model.label.fr}, « {field.label.fr} »",
        en=f"{model.label.en}, “{field.label.en}”",
    )
    return FieldInWords(label, field.rule or because)
