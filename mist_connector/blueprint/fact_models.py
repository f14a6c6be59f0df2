"""The kinds of fact that the models of a blueprint make."""

from __future__ import annotations

from mist_connector.bylaws.fact_shapes import FactShapes, Part, fact_shapes
from mist_connector.remembered import Remembered

from .declaration import Blueprint, Field


def _shapes(blueprint: Blueprint) -> FactShapes:
    return fact_shapes({model.key: tuple(map(_part, model.fields)) for model in blueprint.models})


def _part(field: Field) -> Part:
    return Part(field.key, field.type.value, field.to, field.required)


shapes_of = Remembered(_shapes)
