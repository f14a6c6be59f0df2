"""`mist export`: write the register to files that only their owner can read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mist_connector.blueprint.register import RegisterTable
from mist_connector.bylaws.tiers import Tier
from mist_connector.crm.rights import Purpose
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.register.exporting import WORKBOOK, register_files
from mist_connector.register.folder import chosen, write_files
from mist_connector.register.observing import observe_register
from mist_connector.register.pages import FORMATS

from . import console
from .because import because_option, noted
from .consent import consented
from .declared_mappings import declared
from .options import json_option, mappings_option, only_option, profile_option, yes_option
from .page_files import tell_incomplete, tell_swept
from .session import opened


@click.command(
    help=_(
        "Écrit le registre dans des fichiers lisibles de vous seul (mode 600) : CSV, ou un "
        "classeur.\n\n"
        "ATTENTION : ces fichiers disent qui est dans le registre. Gardez-les chiffrés, "
        "effacez-les ensuite. Les accompagnements et les dossiers personnels n'en sont que sur "
        "demande (--only), avec le profil d'une personne qui y a droit. « mist import » relit le "
        "tout."
    )
)
@click.argument("folder", metavar=_("DOSSIER"), type=click.Path(file_okay=False, path_type=Path))
@only_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="csv",
    show_default=True,
    help=_("Un fichier CSV par table, ou un classeur."),
)
@because_option
@profile_option
@mappings_option
@yes_option
@json_option
def command(
    *,
    folder: Path,
    only: str,
    form: str,
    because: str,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Read the tables asked for, and write one file for each."""
    wanted = declared(mappings)
    tables = chosen(wanted.register, [name.strip() for name in only.split(",") if name.strip()])
    if not because and any(
        wanted.blueprint.model(table.model).tier.rank >= Tier.PERSONAL.rank for table in tables
    ):
        raise MistError(
            _("Un dossier personnel ne se lit pas sans raison."), todo=_("ajoutez --because RAISON")
        )
    _require_free(folder, tables, form, yes=yes, as_json=as_json)
    what = f"mist export {','.join(table.file for table in tables)}"
    with_files = any(table.separately for table in tables)
    with opened(profile, Purpose.FILES if with_files else Purpose.RUN) as crm:
        count = crm.call(wanted.blueprint.model("person").technical, "search_count", domain=[])
        noted(crm, wanted.blueprint, what, count, because=because)
        held = observe_register(crm, tables, wanted.blueprint)
    tell_swept(folder)
    tell_incomplete(folder)
    write_files(folder, register_files(tables, held.rows, wanted.blueprint, form))
    counts = {table.filename: len(held.rows[table.file]) for table in tables}
    if as_json:
        console.emit_json({"folder": str(folder), "lines": counts})
        return
    console.table((_("fichier"), _("lignes")), [(name, str(count)) for name, count in counts.items()])
    console.say(
        _(
            "Écrit dans {folder}, lisible de vous seul : noms, faits et moyens de contact de personnes."
        ).format(folder=folder)
    )
    console.say(_("Gardez ces fichiers chiffrés, et effacez-les dès qu'ils ont servi."))


def _require_free(
    folder: Path, tables: Sequence[RegisterTable], form: str, *, yes: bool, as_json: bool
) -> None:
    """Ask before files that are there are written over; raise MistError where nobody agrees."""
    names = [table.filename for table in tables] if form == "csv" else [f"{WORKBOOK}.{form}"]
    there = [name for name in names if (folder / name).exists()]
    if there and not consented(
        _("{there} fichiers existent déjà dans {folder}. Les écraser ?").format(
            there=len(there), folder=folder
        ),
        yes=yes,
        as_json=as_json,
    ):
        raise MistError(_("Rien n'a été écrit."), todo=_("choisissez un autre dossier"))
