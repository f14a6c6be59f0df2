"""From `shield.yaml` to what a shielding does."""

from __future__ import annotations

from mist_connector.blueprint.shielding import Shielding
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Source, read


class ShieldFile(Strict):
    """The shape of `shield.yaml`."""

    shield: Shielding


def declare_shield(source: Source, problems: list[Problem]) -> Shielding | None:
    """Return what a shielding does, or None after adding every problem."""
    document = read(source, ShieldFile, problems)
    return document.value.shield if document else None
