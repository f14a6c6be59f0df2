"""`mist mappings`: the bylaws as files in the association's own hands: taken out, changed, checked."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.declared.mappings_digest import mappings_digest
from mist_connector.language import _

from . import console
from .declared_mappings import declared
from .mappings_source import load_sources
from .options import SUBCOMMAND, json_option, mappings_option
from .own_mappings import export_mappings


@click.group(
    subcommand_metavar=SUBCOMMAND,
    help=_("Les règles de l'association, en fichiers : les copier pour les changer, les vérifier."),
)
def command() -> None:
    """Hold the commands about mapping files."""


@command.command(help=_("Copie les règles livrées, pour les changer."))
@click.argument("folder", metavar=_("DOSSIER"), type=click.Path(file_okay=False, path_type=Path))
@json_option
def export(*, folder: Path, as_json: bool) -> None:
    """Write the delivered mapping files to a new or empty folder."""
    count = export_mappings(folder)
    if as_json:
        console.emit_json({"folder": str(folder), "files": count})
        return
    console.say(_("{count} fichiers dans {folder}.").format(count=count, folder=folder))
    console.say(_("  Changez-les, puis : mist mappings check --mappings {folder}").format(folder=folder))
    console.say(
        _("  Gardés au profil : mist init --mappings {folder}, puis mist plan et mist apply.").format(
            folder=folder
        )
    )


@command.command(help=_("Vérifie les règles d'un dossier, et dit ce qui y diffère des règles livrées."))
@mappings_option
@json_option
def check(*, mappings: Path | None, as_json: bool) -> None:
    """Declare everything, and compare file by file; DeclarationError tells every problem at once."""
    declared(mappings)
    here, delivered = load_sources(mappings), load_sources(None)
    told = {
        "digest": mappings_digest(here),
        "changed": sorted(
            path for path in here.keys() & delivered.keys() if here[path].text != delivered[path].text
        ),
        "added": sorted(here.keys() - delivered.keys()),
        "missing": sorted(delivered.keys() - here.keys()),
    }
    if as_json:
        console.emit_json(told)
        return
    console.say(
        _("{here} fichiers vérifiés, rien à redire ({told[digest]}).").format(here=len(here), told=told)
    )
    for key, words in (("changed", _("changé")), ("added", _("en plus")), ("missing", _("absent"))):
        for path in told[key]:
            console.say("  " + _("{topic} : {what}").format(topic=words, what=path))
