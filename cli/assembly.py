"""`mist assembly`: a general assembly from its plan to its minutes, each step seen before it is done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from mist_connector.crm.today import today_of
from mist_connector.crm.turn import Renewing, turn
from mist_connector.documents.catalogue import MINUTES, NOTICE, ORIGINAL, REMINDER, RESULTS
from mist_connector.language import _
from mist_connector.work.assembly import steps
from mist_connector.work.assembly.mailings import assembly_mailing
from mist_connector.work.assembly.pages import pages_of
from mist_connector.work.assembly.plan import agenda, prepare_plan, record_plan
from mist_connector.work.assembly.writing import Place
from mist_connector.work.papers.mailing import counts

from . import assembly_view, console
from .assembly_after import correct, status
from .assembly_cancel import cancel
from .assembly_carry import carry_out
from .assembly_options import by_option, day, hour, item_option, kind_of_paper, options, place_options, step
from .assembly_step import Step, taking_step
from .consent import consented
from .declared_mappings import declared
from .mailing_view import show_mailing, sum_up
from .options import SUBCOMMAND, dry_run_option, json_option, mappings_option, profile_option, yes_option
from .page_files import check_ending, write_page
from .session import opened


@click.group(subcommand_metavar=SUBCOMMAND, help=_("Les assemblées générales."))
def command() -> None:
    """Hold the commands about assemblies."""


command.add_command(carry_out)
command.add_command(cancel)
command.add_command(correct)
command.add_command(status)


@command.command(help=_("Prévoit une assemblée et son ordre du jour."))
@click.option("--on", "on", required=True, callback=day, metavar=_("DATE"), help=_("Jour."))
@click.option("--at", "at", required=True, callback=hour, metavar=_("HEURE"), help=_("Heure, comme 14:00."))
@options(*place_options)
@by_option
@click.option("--with", "extra", multiple=True, metavar="ID", help=_("Point de assembly.yaml, comme board."))
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
    secret_place: bool,
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
    where = Place(place, tell_place or place_from is not None, place_from, secret=secret_place)
    with opened(profile) as crm:
        today = today_of(rules.blueprint, crm)
        planned = prepare_plan(crm, rules.assembly, items, on=on, hour=at, place=where, by=by, today=today)
        shown = assembly_view.plan_data(planned)
        if not as_json:
            assembly_view.show_plan(shown)
        if dry_run or not consented(_("Prévoir cette assemblée ?"), yes=yes, as_json=as_json):
            return assembly_view.told({**shown, "assembly": None}, done=False, as_json=as_json)
        made = record_plan(crm, planned)
    return assembly_view.told({**shown, "assembly": made}, done=True, as_json=as_json)


@command.command(help=_("Convoque toutes les membres, chacune par sa voie sûre."))
@step
@click.option(
    "--paper",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    metavar=_("DOSSIER"),
    help=_("Y écrit la convocation en PDF, à remettre en main propre."),
)
def convene(*, paper: Path | None, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Invite every member, and send each her convocation."""
    with taking_step(**given) as taken:
        context = taken.context
        context.expect("planned", "convened")
        mailing = assembly_mailing(context, NOTICE)
        if not taken.as_json:
            show_mailing(mailing)
        if paper is not None and not taken.dry_run:
            for language, page in mailing.pages.items():
                write_page(paper / f"convocation-{language}.pdf", page)
        sending = None
        if taken.consented(_("Convoquer : {counts} ?").format(counts=counts(mailing))):
            with turn(context.crm, "assembly convene", console.reporter()) as keeping:
                sending = steps.convene(context, mailing, Renewing(console.reporter(), keeping))
        return sum_up(mailing, sending, as_json=taken.as_json)


@command.command(help=_("Rappelle l'assemblée à chacune, par sa voie sûre."))
@step
def remind(**given: Any) -> int:  # noqa: ANN401 - click's own
    """Send each member a reminder of the assembly."""
    with taking_step(**given) as taken:
        taken.context.expect("convened", "open")
        return _sent(taken, REMINDER, _("Rappeler : {} ?"))


@command.command("open", help=_("Arrête et scelle la liste de celles qui votent."))
@step
def open_assembly(**given: Any) -> int:  # noqa: ANN401 - click's own
    """Freeze the electorate on this day, and open the assembly."""
    with taking_step(**given) as taken:
        context = taken.context
        context.expect("convened")
        electorate = steps.electorate_of(context)
        shown = assembly_view.electorate_data(context, electorate)
        if not taken.as_json:
            assembly_view.show_electorate(shown)
        shown["opened"] = taken.consented(_("Ouvrir l'assemblée ?"))
        if shown["opened"]:
            steps.open_with(context, electorate)
        return assembly_view.told(shown, done=shown["opened"], as_json=taken.as_json)


@command.command(help=_("Calcule les résultats, crée les mandats, clôt."))
@step
def close(**given: Any) -> int:  # noqa: ANN401 - click's own
    """Rule on every item; proclaim what may stand; make the mandates; close unless a second round waits."""
    with taking_step(**given) as taken:
        context = taken.context
        context.expect("open")
        rulings = steps.results_of(context)
        shown = assembly_view.rulings_data(context, rulings)
        if not taken.as_json:
            assembly_view.show_rulings(shown)
        agreed = taken.consented(_("Proclamer ces résultats ?"))
        if agreed:
            shown |= assembly_view.proclaimed_data(steps.proclaim(context, rulings))
        return assembly_view.told(shown, done=agreed, as_json=taken.as_json)


@command.command(help=_("Écrit ou envoie le procès-verbal ou les résultats."))
@step
@kind_of_paper
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("L'écrit (.pdf, .html, .txt) au lieu de l'envoyer."),
)
@click.option(
    "--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help=_("Langue.")
)
def minutes(*, paper: str, out: Path | None, language: str, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Write the minutes to a private file, or send them to every member."""
    if out is not None:
        check_ending(out)
    key = {"results": RESULTS, "original": ORIGINAL}.get(paper, MINUTES)
    with taking_step(**given, states=("closed",)) as taken:
        taken.context.expect("closed")
        if out is None:
            return _sent(taken, key, _("Envoyer : {} ?"))
        page = pages_of(taken.context, key)[language]
        if not taken.dry_run:
            write_page(out, page)
        shown = {"document": key, "file": str(out)}
        return assembly_view.told(shown, done=not taken.dry_run, as_json=taken.as_json)


def _sent(taken: Step, key: str, question: str) -> int:
    """Show who gets a paper of the assembly, ask, send, and sum up."""
    mailing = assembly_mailing(taken.context, key)
    if not taken.as_json:
        show_mailing(mailing)
    agreed = taken.consented(question.format(counts(mailing)))
    sending = mailing.send(console.reporter()) if agreed else None
    return sum_up(mailing, sending, as_json=taken.as_json)
