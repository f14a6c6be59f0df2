"""What an act fills in, gives and asks: each is a field of the fact that it records."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.blueprint.acts import Act, Source
from mist_connector.blueprint.declaration import Blueprint
from mist_connector.errors import Problem

from .blueprint_shapes import ActsFile
from .reading import Document, suggest


def wrong_acts(blueprint: Blueprint, document: Document[ActsFile]) -> Iterator[Problem]:
    """Yield the fields that the fact does not have, and what nothing fills in."""
    for i, act in enumerate(document.value.acts):
        model = blueprint.model(act.opens)
        fields = [field.key for field in model.fields]
        for key in (*act.filled, *act.given, *act.asks, *act.told, *_said(act)):
            if key not in fields:
                place = document.place("acts", i)
                yield Problem(place, f"champ inconnu·e : « {key} »", suggest(key, fields))
        for key, source in act.filled.items():
            if source.partition(".")[0] not in set(Source):
                place = document.place("acts", i, "filled", key)
                yield Problem(place, f"rien ne remplit « {source} »", suggest(source, [*Source]))
        if act.told and not set(act.told) <= set(act.asks):
            yield Problem(document.place("acts", i, "told"), "« told » est une partie de « asks »")


def _said(act: Act) -> Iterator[str]:
    for said in act.unless:
        yield from said.when
