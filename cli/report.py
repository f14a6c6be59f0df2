"""`mist report`: the association's documents, looked at, rendered, and sent, each to one person."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from mist_connector.crm.dispatch import Sending, create_dispatches, deliver, dispatched
from mist_connector.crm.port import Crm
from mist_connector.crm.report_facts import read_report_facts
from mist_connector.declared.documents import DocumentDeclaration
from mist_connector.declared.everything import Declared
from mist_connector.documents.assembly_report import ReportInput, build
from mist_connector.documents.catalogue import REPORT, compiled, find_document, frame, sample
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.recipients import Recipients, recipients
from mist_connector.errors import MistError

from . import console, report_view
from .consent import consented
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option
from .page_files import check_ending, write_page
from .session import opened
from .templates_source import load_templates

PATIENCE = 60.0
"""Seconds without any progress after which the CRM's queue is left to itself."""

document_option = click.option("--document", "key", required=True, metavar="ID", help="Lequel. (Which one.)")
templates_option = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    metavar="DOSSIER",
    help="Un autre dossier de modèles que celui livré. (Another templates folder.)",
)
language_option = click.option(
    "--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue. (Language.)"
)


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("une date s’écrit comme 2026-11-24 (a date: YYYY-MM-DD)") from None


@click.group(help="Les documents de l’association. (The association's documents.)")
def command() -> None:
    """Hold the commands about documents."""


@command.command("list", help="Liste les documents et leur public. (Lists the documents.)")
@mappings_option
@json_option
def list_documents(*, mappings: Path | None, as_json: bool) -> None:
    """Print every document with its audience, languages and recipients."""
    known = declared(mappings).documents
    if as_json:
        console.emit_json([each.model_dump(mode="json") for each in known.documents])
        return
    audiences = {each.id: f"{each.label} (jusqu’à « {each.tier} »)" for each in known.audiences}
    rows = [
        (each.id, str(each.label), audiences[each.audience], ", ".join(each.languages))
        for each in known.documents
    ]
    console.table(("Document", "Nom", "Public", "Langues"), rows)


@command.command(help="Écrit un document, avec les chiffres du CRM. (Renders with the CRM's figures.)")
@document_option
@language_option
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="Fichier .pdf, .html ou .txt, lisible par vous seul. (File, readable by you alone.)",
)
@click.option("--on", callback=_day, metavar="DATE", help="Jour de l’assemblée ; aujourd’hui sinon. (Day.)")
@profile_option
@mappings_option
@templates_option
@json_option
def render(
    *,
    key: str,
    language: str,
    out: Path,
    on: date | None,
    profile: str | None,
    mappings: Path | None,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Write one document in one language to a private file."""
    check_ending(out)
    rules, sources = declared(mappings), load_templates(templates)
    months = _with_figures(rules, key, sources).months.value
    today = date.today()  # noqa: DTZ011 - the bylaws count in days, where the association is
    with opened(profile) as crm:
        facts = read_report_facts(
            crm, rules.blueprint, rules.provisions, on=on or today, today=today, months=months
        )
    page = _rendered(rules, key, sources, facts.report)[language]
    write_page(out, page)
    written = {"document": key, "language": language, "file": str(out), "subject": page.subject}
    console.emit_json(written) if as_json else console.say(f"Écrit dans {out}. (Written.)")


@command.command(help="Montre un document avec un contenu inventé. (Previews with invented content.)")
@document_option
@language_option
@click.option("--no-open", is_flag=True, help="N’ouvre pas le navigateur. (Does not open the browser.)")
@mappings_option
@templates_option
@json_option
def preview(
    *,
    key: str,
    language: str,
    no_open: bool,
    mappings: Path | None,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Render a document with invented content to a temporary file that only the user may read."""
    rules = declared(mappings)
    document = compiled(rules, key, load_templates(templates))
    content = sample(rules, key, on=date.today(), language=language)  # noqa: DTZ011 - as in `render`
    page = document.render(content, language=language)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="mist-apercu-", suffix=".html", delete=False
    ) as file:
        file.write(page.html)
    opened_it = not no_open and webbrowser.open(Path(file.name).as_uri())
    if as_json:
        console.emit_json({"document": key, "language": language, "file": file.name, "opened": opened_it})
        return
    console.say(f"Aperçu, contenu inventé : {file.name} (Preview.)")


@command.command(help="Envoie un document, un courriel par personne. (Sends, one mail per person.)")
@document_option
@click.option(
    "--on", required=True, callback=_day, metavar="DATE", help="Jour de l’assemblée. (Assembly day.)"
)
@profile_option
@mappings_option
@templates_option
@dry_run_option
@yes_option
@json_option
def send(
    *,
    key: str,
    on: date,
    profile: str | None,
    mappings: Path | None,
    templates: Path | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Show who gets it, ask, send, wait, sum up; 1 if somebody could not be reached."""
    rules, sources = declared(mappings), load_templates(templates)
    document = _with_figures(rules, key, sources)
    today = date.today()  # noqa: DTZ011 - as in `render`
    with opened(profile) as crm:
        facts = read_report_facts(
            crm, rules.blueprint, rules.provisions, on=on, today=today, months=document.months.value
        )
        found = recipients(facts.people, statuses=set(document.recipients), languages=document.languages)
        pages = _rendered(rules, key, sources, facts.report)
        issue = f"{key} {on.isoformat()}"
        known = dispatched(crm, issue)
        if not as_json:
            done = sum(facts.ids[each.code] in known for each in found.to_send)
            report_view.show_recipients(f"{document.label}, {on.isoformat()}", found, done=done)
        if dry_run or not consented("Envoyer ? (Send?)", yes=yes, as_json=as_json):
            return _sum_up(issue, found, None, as_json=as_json)
        sending = _send(crm, issue, found, pages, facts.ids)
    before = list(known.values()).count("sent")
    return _sum_up(issue, found, sending, before=before, as_json=as_json)


def _with_figures(rules: Declared, key: str, sources: Mapping[str, str]) -> DocumentDeclaration:
    """Return a document made from the register's figures; the papers of one assembly come from itself."""
    find_document(rules, key)
    if key != REPORT:
        raise MistError(
            f"« {key} » vient d'une assemblée enregistrée dans le CRM.",
            todo="lancez « mist assembly convene » ou « mist assembly minutes »",
        )
    return compiled(rules, key, sources).declaration


def _rendered(
    rules: Declared, key: str, sources: Mapping[str, str], content: ReportInput
) -> dict[str, Rendered]:
    document = compiled(rules, key, sources)
    around = frame(rules, key)
    return {
        language: document.render(build(content, around, language=language), language=language)
        for language in document.declaration.languages
    }


def _send(
    crm: Crm, issue: str, found: Recipients, pages: Mapping[str, Rendered], ids: Mapping[str, int]
) -> Sending:
    reporter = console.reporter()
    reporter.step(f"Enregistrement de {len(found.to_send)} envois au plus. (Recording.)")
    create_dispatches(crm, issue, found.to_send, rendered=pages, ids=ids)
    reporter.step("Remise à la messagerie du CRM. (Handing over.)")
    return deliver(crm, issue, reporter=reporter, patience=PATIENCE)


def _sum_up(issue: str, found: Recipients, sending: Sending | None, *, before: int = 0, as_json: bool) -> int:
    if as_json:
        data = {"issue": issue, **report_view.recipients_data(found)}
        console.emit_json({**data, "sending": report_view.sending_data(sending)})
    elif sending is None:
        console.say("Rien n’a été envoyé. (Nothing was sent.)")
    else:
        report_view.show_sending(sending, before=before)
    complete = sending is None or (sending.settled and not sending.failed and not sending.delayed)
    return 0 if complete else 1
