"""What can never be right: a year that nobody alive has seen, an end before its beginning, a broken address.

A second stored computed field beside the guard (`x_sound`) refuses it, whichever way it comes in. It looks at
a record's own dates and addresses alone, and so is computed again only where one of them is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.text import Text

from .declaration import Blueprint, Field, FieldType, Model
from .pieces import call
from .records import Value

SOUND, ANOTHER = "x_sound", "x_another"
LABEL = Text(fr="Contrôle des dates et des adresses", en="Check of dates and addresses")
BY_ANOTHER = Text(fr="Écrit par une autre", en="Written by another")
# What is checked, in which column, and what is said in French and in English where it is not so.
Check = tuple[str, str, tuple[str, str]]


def sound(model: Model, blueprint: Blueprint) -> dict[str, Value] | None:
    """Return what computes the field of a model; None where it has nothing to look at."""
    checks = list(_checks(model, blueprint))
    columns = sorted(field.column for field in _looked_at(model))
    if not checks:
        return None
    return {
        "compute": _code(SOUND, checks, blueprint),
        "depends": ",".join(columns),
        "copied": False,
        "readonly": True,
    }


def by_another(model: Model, blueprint: Blueprint) -> dict[str, Value] | None:
    """Return what computes the field that keeps people from writing of themselves; None where all may."""
    if not model.by_another:
        return None
    checks = [
        ("herself", field.column, _about(blueprint.sound.herself, field))
        for field in map(model.field, model.by_another)
    ]
    return {
        "compute": _code(ANOTHER, checks, blueprint),
        "depends": ",".join(sorted(model.field(key).column for key in model.by_another)),
        "copied": False,
        "readonly": True,
    }


def _looked_at(model: Model) -> list[Field]:
    return [field for field in model.fields if _written(field) or field.address or field.another]


def _code(column: str, checks: list[Check], blueprint: Blueprint) -> str:
    given = {"column": column, "earliest": blueprint.sound.earliest, "checks": checks}
    return call("sound", f"dict({given!r}, records=self)")


def _checks(model: Model, blueprint: Blueprint) -> Iterator[Check]:
    said = blueprint.sound
    for field in _looked_at(model):
        if field.another:
            yield "another", field.column, _about(said.another, field)
        elif field.address:
            yield "address", field.column, _about(said.address, field)
        else:
            yield "year", field.column, _about(said.year, field)
    if model.last is not None:
        yield "order", model.field("until").column, _about(said.order, model.field("until"))


def _written(field: Field) -> bool:
    """Tell whether a field is a date that people write."""
    return (
        field.type is FieldType.DATE and field.computed is None and not (field.ended and field.ended.planned)
    )


def _about(sentence: Text, field: Field) -> tuple[str, str]:
    return sentence.fr.format(field=field.label.fr), sentence.en.format(field=field.label.en)
