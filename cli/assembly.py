"""`mist assembly`: a general assembly from its plan to its minutes, each step seen before it is done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from mist_connector.assembly.terms import limit_after
from mist_connector.crm.assemblies import assembly_days
from mist_connector.crm.assembly_writing import Place, create_assembly
from mist_connector.crm.batches import read_all
from mist_connector.documents.catalogue import MINUTES, NOTICE, REMINDER, RESULTS
from mist_connector.errors import MistError

from . import assembly_view
from .assembly_after import correct, status
from .assembly_carry import carry_out
from .assembly_options import (
    agenda,
    by_option,
    day,
    hour,
    item_option,
    kind_of_paper,
    options,
    place_options,
    step,
)
from .assembly_pages import pages_of
from .assembly_sending import Mailing
from .assembly_steps import convene as take_convene
from .assembly_steps import electorate_of, open_with, proclaim, results_of
from .assembly_work import working
from .consent import consented
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option
from .page_files import check_ending, write_page
from .session import opened


@click.group(help="Les assemblées générales. (General assemblies.)")
def command() -> None:
    """Hold the commands about assemblies."""


command.add_command(carry_out)
command.add_command(correct)
command.add_command(status)


@command.command(help="Prévoit une assemblée et son ordre du jour. (Plans an assembly and its agenda.)")
@click.option("--on", "on", required=True, callback=day, metavar="DATE", help="Jour. (Day.)")
@click.option("--at", "at", required=True, callback=hour, metavar="HEURE", help="Heure, comme 14:00. (Time.)")
@options(*place_options)
@by_option
@click.option(
    "--with", "extra", multiple=True, metavar="ID", help="Point de assembly.yaml, comme board. (Item.)"
)
@item_option
@profile_option
@mappings_option
@dry_run_option
@yes_option
@json_option
def plan(
    *,
    on: date,
    at: str,
    place: str,
    tell_place: bool,
    place_from: date | None,
    by: str | None,
    extra: tuple[str, ...],
    titles: tuple[str, ...],
    profile: str | None,
    mappings: Path | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Record an assembly to come, with its agenda."""
    rules = declared(mappings)
    items = agenda(rules.assembly, extra, titles)
    with opened(profile) as crm:
        days = assembly_days(crm)
        if any(each.on == on for each in days):
            raise MistError(
                "Une assemblée est déjà prévue ce jour-là.", todo="voyez « mist assembly status »"
            )
        limit = limit_after(days[-1].on, rules.assembly) if days else None
        shown = assembly_view.plan_data(on, at, items, limit)
        if not as_json:
            assembly_view.show_plan(shown)
        if dry_run or not consented("Prévoir cette assemblée ? (Plan it?)", yes=yes, as_json=as_json):
            return assembly_view.told({**shown, "assembly": None}, as_json=as_json)
        where = Place(place, tell_place or place_from is not None, place_from)
        row = create_assembly(crm, on=on, hour=at, place=where, items=items, by=by)
        [made] = read_all(crm, "x_mist_assembly", ["x_name"], domain=[["id", "=", row]])
    return assembly_view.told({**shown, "assembly": made["x_name"]}, as_json=as_json)


@command.command(help="Convoque toutes les membres, chacune par sa voie sûre. (Convenes every member.)")
@step
@click.option(
    "--paper",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    metavar="DOSSIER",
    help="Y écrit la convocation en PDF, à remettre en main propre. (Writes the PDF to hand over.)",
)
def convene(*, paper: Path | None, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Invite every member, and send each her convocation."""
    with working(**given) as work:
        work.expect("planned", "convened")
        late = assembly_view.notice_too_short(work)
        mailing = Mailing.of(work, NOTICE)
        if not work.as_json:
            mailing.show(warning=late)
        if paper is not None:
            for language, page in mailing.pages.items():
                write_page(paper / f"convocation-{language}.pdf", page)
        if not work.consented("Convoquer ? (Convene?)"):
            return mailing.sum_up(None)
        return mailing.sum_up(take_convene(work, mailing))


@command.command(help="Rappelle l'assemblée à chacune, par sa voie sûre. (Reminds every member.)")
@step
def remind(**given: Any) -> int:  # noqa: ANN401 - click's own
    """Send each member a reminder of the assembly."""
    with working(**given) as work:
        work.expect("convened", "open")
        mailing = Mailing.of(work, REMINDER)
        if not work.as_json:
            mailing.show()
        return mailing.sum_up(mailing.send() if work.consented("Rappeler ? (Remind?)") else None)


@command.command("open", help="Arrête et scelle la liste de celles qui votent. (Freezes who votes.)")
@step
def open_assembly(**given: Any) -> int:  # noqa: ANN401 - click's own
    """Freeze the electorate on this day, and open the assembly."""
    with working(**given) as work:
        work.expect("convened")
        electorate = electorate_of(work)
        shown = assembly_view.electorate_data(work, electorate)
        if not work.as_json:
            assembly_view.show_electorate(shown)
        if work.consented("Ouvrir l'assemblée ? (Open?)"):
            open_with(work, electorate)
            shown["opened"] = True
        return assembly_view.told(shown, as_json=work.as_json)


@command.command(
    help="Calcule les résultats, crée les mandats, clôt. (Works out results, makes mandates, closes.)"
)
@step
def close(**given: Any) -> int:  # noqa: ANN401 - click's own
    """Rule on every item; proclaim what may stand; make the mandates; close unless a second round waits."""
    with working(**given) as work:
        work.expect("open")
        rulings = results_of(work)
        shown = assembly_view.rulings_data(work, rulings)
        if not work.as_json:
            assembly_view.show_rulings(shown)
        if work.consented("Proclamer ces résultats ? (Proclaim?)"):
            shown |= proclaim(work, rulings)
        return assembly_view.told(shown, as_json=work.as_json)


@command.command(
    help="Écrit ou envoie le procès-verbal ou les résultats. (Writes or sends minutes or results.)"
)
@step
@kind_of_paper
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FICHIER",
    help="L'écrit (.pdf, .html, .txt) au lieu de l'envoyer. (Writes instead of sending.)",
)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue.")
def minutes(*, paper: str, out: Path | None, language: str, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Write the minutes to a private file, or send them to every member."""
    if out is not None:
        check_ending(out)
    with working(**given) as work:
        work.expect("closed")
        key = RESULTS if paper == "results" else MINUTES
        if out is not None:
            write_page(out, pages_of(work, key)[language])
            return assembly_view.told({"document": key, "file": str(out)}, as_json=work.as_json)
        mailing = Mailing.of(work, key)
        if not work.as_json:
            mailing.show()
        return mailing.sum_up(mailing.send() if work.consented("Envoyer ? (Send?)") else None)
