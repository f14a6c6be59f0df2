"""Everything that the register holds about one person, read with direction's own rights, tier by tier."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape

from mist_connector.blueprint.declaration import Blueprint, Choice, Field, FieldType, Model
from mist_connector.bylaws.matrix import Act, Matrix
from mist_connector.crm.batches import Row, read_all
from mist_connector.crm.days import day_of
from mist_connector.crm.port import Crm

from .erasing import PERSON, WRITTEN, about_people

SELF = "self"
_TIERS = {"public": "Public", "common": "Commun", "register": "Registre", "personal": "Dossier personnel"}


@dataclass(frozen=True)
class Held:
    """The records about a person, by the key of their model."""

    code: str
    records: Mapping[str, Sequence[Row]] = field(repr=False)


def read_held(crm: Crm, blueprint: Blueprint, matrix: Matrix, code: str) -> Held | None:
    """Read every tier that the access matrix gives a person about herself; None if nobody has the code."""
    person = blueprint.model(PERSON)
    rows = read_all(crm, person.technical, _columns(person), domain=[["x_name", "=", code]], archived=True)
    if not rows:
        return None
    [reader] = [each for each in matrix.readers if each.id == SELF]
    records: dict[str, Sequence[Row]] = {PERSON: rows}
    for model in about_people(blueprint):
        if Act.READ in reader.tiers[model.tier].may:
            domain = [["x_person_id", "=", rows[0]["id"]]]
            found = read_all(crm, model.technical, _columns(model), domain=domain, archived=True)
            if found:
                records[model.key] = found
    return Held(code, records)


def text_of(
    held: Held, blueprint: Blueprint, vocabularies: Mapping[str, Sequence[Choice]], *, on: date
) -> str:
    """Return the text that is handed to her: in French, each fact with its fields, tier by tier."""
    lines = [f"Ce que le registre tient de {held.code}, au {on:%d/%m/%Y}", ""]
    for tier, title in _TIERS.items():
        models = [blueprint.model(key) for key in held.records if blueprint.model(key).tier.value == tier]
        if models:
            lines += [title, "=" * len(title), ""]
        for model in models:
            lines += [model.plural.fr, "-" * len(model.plural.fr)]
            for row in held.records[model.key]:
                lines += [f"{row['x_name']}", *_told(model, row, vocabularies), ""]
    lines.append("Les autres personnes n'y figurent que par leur code.")
    return "\n".join(lines) + "\n"


def _told(model: Model, row: Row, vocabularies: Mapping[str, Sequence[Choice]]) -> list[str]:
    return [
        f"  {each.label.fr} : {_value(each, row[each.column], vocabularies)}"
        for each in _fields(model)
        if row[each.column] not in (False, None, "")
    ]


def _value(each: Field, value: object, vocabularies: Mapping[str, Sequence[Choice]]) -> str:
    match each.type:
        case FieldType.FLAG:
            return "oui"
        case FieldType.CHOICE:
            labels = {choice.id: choice.label.fr for choice in vocabularies[str(each.choices)]}
            return labels.get(str(value), str(value))
        case FieldType.DATE:
            return f"{day_of(value):%d/%m/%Y}"
        case FieldType.NOTE:
            return unescape(re.sub(r"<[^<>]*>", " ", str(value))).strip()
        case _:
            return str(value)


def _fields(model: Model) -> list[Field]:
    """Return the fields that say something of her; links to others are numbers, and are left out."""
    return [each for each in model.fields if each.type in WRITTEN]


def _columns(model: Model) -> list[str]:
    return ["x_name", *(each.column for each in _fields(model))]
