"""`mist import`: bring lists and the register's files into the CRM; what is there already stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mist_connector.crm.today import today_of
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.register.recognising import Answer
from mist_connector.register.shifting import shifted

from .declared_mappings import declared
from .import_files import write_template
from .import_work import Choices, Import
from .options import dry_run_option, json_option, mappings_option, only_option, profile_option, yes_option
from .session import opened


@click.command(
    name="import",
    help=_(
        "Lit des listes (CSV, XLSX, ODS) et crée dans le CRM ce qui y manque.\n\n"
        "FICHIERS : des fichiers ou des dossiers ; listes d'ailleurs, avec leurs propres titres, "
        "ou fichiers de « mist export ». Propose quelle colonne est quoi, montre cinq lignes, "
        "demande. Rien n'est effacé. Tout entre, ou rien ; avec --partly, le reste entre. Les "
        "accompagnements et les dossiers personnels demandent --only et le profil d'une personne "
        "qui y a droit ; les fonctions, --only functions et le profil de la direction ou, pour "
        "les premières, du compte qui installe."
    ),
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar=_("FICHIERS..."))
@only_option
@click.option("--partly", is_flag=True, help=_("Importe ce qui peut l'être, nomme le reste."))
@click.option(
    "--doubles",
    type=click.Choice([answer.value for answer in Answer]),
    default=None,
    help=_("Doubles probables : same, la même personne ; apart, une autre ; leave, laisser."),
)
@click.option(
    "--without-addresses",
    is_flag=True,
    help=_("Importe sans son adresse une ligne dont l'adresse n'en est pas une."),
)
@click.option(
    "--columns",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("Où garder ce que sont les colonnes, et le relire."),
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("Écrit ce qui est refusé (.csv, .xlsx, .ods), à corriger et à redonner."),
)
@click.option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER.xlsx"),
    help=_("Écrit un classeur à remplir : titres, choix, exemples ; n'importe rien."),
)
@click.option(
    "--written-on",
    "written",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar=_("DATE"),
    help=_("Pour un exemple écrit ce jour-là : décale ses dates jusqu'à ce jour."),
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
def command(
    *,
    files: tuple[Path, ...],
    only: str,
    partly: bool,
    doubles: str | None,
    without_addresses: bool,
    columns: Path | None,
    report: Path | None,
    template: Path | None,
    written: datetime | None,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Read every file before the CRM is asked anything; then compare, show, ask, write; return the status."""
    wanted = declared(mappings)
    if template is not None:
        return write_template(template, wanted, yes=yes)
    if not files:
        raise MistError(_("Aucun fichier à lire."), todo=_("nommez-en un, ou « --template FICHIER.xlsx »"))
    answer = Answer(doubles) if doubles else None
    choices = Choices(partly, answer, without_addresses, columns, report, yes, dry_run, as_json)
    names = [name.strip() for name in only.split(",") if name.strip()]
    day = None if written is None else written.date()
    shift = (
        (lambda rows: rows)
        if day is None
        else lambda rows: shifted(rows, written=day, today=today_of(wanted.blueprint))
    )
    work = Import(wanted, choices, names, shift)
    work.read(files)
    with opened(profile, work.purpose) as crm:
        return work.compare_and_write(crm)
