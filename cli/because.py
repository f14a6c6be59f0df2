"""Why something is read: asked of whoever reads it, and kept in the journal of reads."""

from __future__ import annotations

from collections.abc import Sequence

import click

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.journal import record_reading
from mist_connector.crm.port import Crm
from mist_connector.crm.today import today_of
from mist_connector.language import _

because_option = click.option(
    "--because",
    default="",
    metavar=_("RAISON"),
    help=_("Pourquoi, pour le journal des lectures ; aucun nom."),
)
because_required_option = click.option(
    "--because",
    required=True,
    metavar=_("RAISON"),
    help=_("Pourquoi, pour le journal des lectures ; aucun nom."),
)


def noted(
    crm: Crm, blueprint: Blueprint, command: str, people: Sequence[str] | int, *, because: str = ""
) -> None:
    """Note in the journal whom a command is about to read, by codes or by how many they are, and why."""
    today = today_of(blueprint, crm)
    record_reading(crm, blueprint, command, people, because=because, on=today)
