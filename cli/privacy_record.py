"""`mist privacy record`: the record of processing that an association owes, written from the mappings."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.privacy.processing import processing_record

from . import console
from .declared_mappings import declared
from .options import mappings_option
from .page_files import write_file


@click.command(
    help=_(
        "Écrit le registre des activités de traitement (RGPD, article 30) et les notes d'une "
        "analyse d'impact : données, qui les lit, combien de temps, ce qui sort. Aucun CRM n'est "
        "interrogé."
    )
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar=_("FICHIER"), help=_("Un fichier.")
)
@click.option(
    "--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help=_("La langue.")
)
@mappings_option
def record(*, out: Path | None, lang: str, mappings: Path | None) -> None:
    """Print the record, or write it to a file that is not there yet."""
    text = processing_record(declared(mappings), lang)
    if out is None:
        console.say(text.rstrip("\n"))
        return
    if out.exists():
        raise MistError(
            _("{out} existe déjà.").format(out=out),
            todo=_("choisissez un nom de fichier qui n'existe pas encore"),
        )
    write_file(out, text)
    console.say(_("Écrit dans {out} ; complétez les lignes marquées.").format(out=out))
