"""`mist export`: write the register to files that only their owner can read."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.bylaws.tiers import Tier
from mist_connector.crm.rights import Purpose
from mist_connector.errors import MistError
from mist_connector.register.exporting import csv_text
from mist_connector.register.folder import chosen, write_texts
from mist_connector.register.observing import observe_register

from . import console
from .because import because_option, noted
from .declared_mappings import declared
from .options import json_option, mappings_option, only_option, profile_option
from .session import opened


@click.command(
    help=(
        "Écrit le registre dans des fichiers CSV, lisibles de vous seul (mode 600).\n\n"
        "ATTENTION : ces fichiers disent qui est dans le registre. Gardez-les chiffrés, effacez-les ensuite. "
        "Les accompagnements et les dossiers personnels n'en sont que sur demande (--only), avec le profil "
        "d'une personne qui y a droit.\n\n(Writes the register to CSV files that only you can read.)"
    )
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@only_option
@because_option
@profile_option
@mappings_option
@json_option
def command(
    *,
    folder: Path,
    only: str,
    because: str,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
) -> None:
    """Read the tables asked for, and write one file for each."""
    wanted = declared(mappings)
    tables = chosen(wanted.register, [name.strip() for name in only.split(",") if name.strip()])
    if not because and any(
        wanted.blueprint.model(table.model).tier.rank >= Tier.PERSONAL.rank for table in tables
    ):
        raise MistError("Un dossier personnel ne se lit pas sans raison.", todo="ajoutez --because RAISON")
    what = f"mist export {','.join(table.file for table in tables)}"
    with_files = any(table.separately for table in tables)
    with opened(profile, Purpose.FILES if with_files else Purpose.RUN) as crm:
        count = crm.call(wanted.blueprint.model("person").technical, "search_count", domain=[])
        noted(crm, wanted.blueprint, what, count, because=because)
        held = observe_register(crm, tables, wanted.blueprint)
    texts = {table.filename: csv_text(table, held.rows[table.file], wanted.blueprint) for table in tables}
    write_texts(folder, texts)
    counts = {table.filename: len(held.rows[table.file]) for table in tables}
    if as_json:
        console.emit_json({"folder": str(folder), "lines": counts})
        return
    console.table(("fichier", "lignes"), [(name, str(count)) for name, count in counts.items()])
    console.say(f"Écrit dans {folder}, lisible de vous seul : noms, faits et moyens de contact de personnes.")
    console.say("Gardez ces fichiers chiffrés, et effacez-les dès qu'ils ont servi. (Keep them encrypted.)")
