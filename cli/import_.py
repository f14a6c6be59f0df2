"""`mist import`: bring the register's files into the CRM; what is there already stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mist_connector.crm.rights import Purpose
from mist_connector.crm.today import today_of
from mist_connector.errors import DeclarationError, Problem
from mist_connector.register.difference import ImportPlan, dangling, plan_import
from mist_connector.register.folder import chosen, read_texts
from mist_connector.register.importing import apply_import
from mist_connector.register.observing import observe_register
from mist_connector.register.reading import read_register
from mist_connector.register.shifting import shifted

from . import console
from .consent import consented
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, only_option, profile_option, yes_option
from .session import opened


@click.command(
    name="import",
    help=(
        "Lit les fichiers CSV du registre et crée dans le CRM ce qui y manque.\n\n"
        "SOURCE est un dossier (people.csv, signatures.csv…) ou un seul fichier. Rien n'est jamais effacé. "
        "Les accompagnements et les dossiers personnels demandent --only et le profil d'une personne qui y a "
        "droit.\n\n(Reads the register's CSV files and creates in the CRM what is missing.)"
    ),
)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@only_option
@click.option(
    "--written-on",
    "written",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="DATE",
    help="Pour un exemple écrit ce jour-là : décale ses dates jusqu'à ce jour. (Shifts an example's dates.)",
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
def command(
    *,
    source: Path,
    only: str,
    written: datetime | None,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read every file before the CRM is asked anything; then compare, show, ask, write."""
    wanted = declared(mappings)
    names = [name.strip() for name in only.split(",") if name.strip()]
    tables = chosen(wanted.register, names)
    problems: list[Problem] = []
    texts = read_texts(source, wanted.register, names)
    rows = read_register(texts, tables, wanted.blueprint, problems)
    if written is not None:
        rows = shifted(rows, written=written.date(), today=today_of(wanted.blueprint))
    with_files = any(table.separately for table in tables)
    with opened(profile, Purpose.FILES if with_files else Purpose.RUN) as crm:
        held = observe_register(crm, [table for table in tables if table.file in rows], wanted.blueprint)
        problems.extend(dangling(rows, held, tables, wanted.blueprint))
        if problems:
            raise DeclarationError(problems)
        plan = plan_import(rows, held, tables)
        if not as_json:
            _show(plan)
        write = not plan.empty and not dry_run and consented("Importer ? (Import?)", yes=yes, as_json=as_json)
        if write:
            apply_import(crm, plan, wanted.blueprint, held.codes, console.reporter())
    _report(plan, written=write, as_json=as_json)


def _show(plan: ImportPlan) -> None:
    headers = ("fichier", "à créer", "à modifier", "déjà là", "laissées")
    rows = [
        (
            part.table.filename,
            str(len(part.creates)),
            str(len(part.updates)),
            str(part.same),
            str(len(part.kept)),
        )
        for part in plan.tables
    ]
    console.table(headers, rows)
    for part in plan.tables:
        for place in part.kept:
            console.note(f"{place}: diffère du CRM ; un import ne change pas cela, corrigez-le dans le CRM")


def _report(plan: ImportPlan, *, written: bool, as_json: bool) -> None:
    if as_json:
        tables = {
            part.table.file: {
                "create": len(part.creates),
                "update": len(part.updates),
                "same": part.same,
                "left": [str(place) for place in part.kept],
            }
            for part in plan.tables
        }
        console.emit_json({"tables": tables, "written": written})
    elif plan.empty:
        console.say("Rien à importer : tout est déjà là. (Nothing to import.)")
    else:
        console.say("Importé. (Imported.)" if written else "Rien n'a été écrit. (Nothing was written.)")
