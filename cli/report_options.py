"""Options that the commands about documents share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mist_connector.language import _


def day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """Read a day as people type it."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(_("une date s’écrit comme 2026-11-24")) from None


document_option = click.option("--document", "key", required=True, metavar="ID", help=_("Lequel."))
templates_option = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    metavar=_("DOSSIER"),
    help=_("Un autre dossier de modèles que celui livré."),
)
language_option = click.option(
    "--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help=_("Langue.")
)
assembly_option = click.option(
    "--assembly",
    "code",
    default=None,
    metavar="CODE",
    help=_("Laquelle ; sinon la première qui n’est pas close."),
)
