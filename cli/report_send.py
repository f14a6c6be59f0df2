"""`mist report send`: one mail per person, exactly once, to her safe address only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from mist_connector.crm.dispatch import Sending, create_dispatches, deliver, dispatched
from mist_connector.crm.port import Crm
from mist_connector.crm.report_facts import read_report_facts
from mist_connector.crm.today import today_of
from mist_connector.declared.documents import Delivery, DocumentDeclaration
from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import CONTENTS, MadeFrom, compiled, find_document
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.composing import months_of
from mist_connector.documents.enclosing import Enclosed
from mist_connector.documents.recipients import Recipients, recipients
from mist_connector.errors import MistError

from . import console, report_view
from .because import noted
from .consent import consented
from .declared_mappings import declared
from .enclosures import enclosures, title_of
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option
from .register_pages import register_pages
from .report_options import day, document_option, templates_option
from .session import opened
from .templates_source import load_templates

PATIENCE = 150.0
"""Seconds without any progress after which the CRM's queue is left to itself.

Longer than the minute after which the CRM looks at its queue again, where it was busy when it was told to.
"""


@click.command(help="Envoie un document, un courriel par personne. (Sends, one mail per person.)")
@document_option
@click.option(
    "--on", required=True, callback=day, metavar="DATE", help="Jour de l’assemblée. (Assembly day.)"
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
    document = _mailable(rules, key, sources)
    today = today_of(rules.blueprint)
    with opened(profile) as crm:
        facts = read_report_facts(crm, rules, on=on, today=today, months=months_of(rules, key))
        found = recipients(facts.people, statuses=set(document.recipients), languages=document.languages)
        pages = register_pages(rules, key, sources, facts.told)
        papers = enclosures(
            rules, key, sources, lambda paper: register_pages(rules, paper, sources, facts.told)
        )
        issue = f"{key} {on.isoformat()}"
        known = dispatched(crm, issue)
        if not as_json:
            done = sum(facts.ids[each.code] in known for each in found.to_send)
            report_view.show_recipients(f"{document.label}, {on.isoformat()}", found, done=done)
            report_view.show_papers(papers)
        if dry_run or not consented("Envoyer ? (Send?)", yes=yes, as_json=as_json):
            return _sum_up(issue, found, None, as_json=as_json)
        codes = [each.code for each in found.to_send]
        noted(crm, rules.blueprint, f"mist report send {issue}", codes)
        title = title_of(rules, key, on)
        sending = hand_over(crm, issue, found, rendered=pages, ids=facts.ids, title=title, enclosed=papers)
    before = list(known.values()).count("sent")
    return _sum_up(issue, found, sending, before=before, as_json=as_json)


def _mailable(rules: Declared, key: str, sources: Mapping[str, str]) -> DocumentDeclaration:
    """Return a document of the register that leaves by mail; papers of one assembly come from itself."""
    if find_document(rules, key).delivery is Delivery.PRINT:
        raise MistError(
            f"« {key} » s’imprime ; il ne part jamais par courriel.", todo="lancez « mist report render »"
        )
    if CONTENTS[key].made_from is not MadeFrom.REGISTER:
        raise MistError(
            f"« {key} » vient d'une assemblée enregistrée dans le CRM.",
            todo="lancez « mist assembly convene » ou « mist assembly minutes »",
        )
    return compiled(rules, key, sources).declaration


def hand_over(
    crm: Crm,
    issue: str,
    found: Recipients,
    *,
    rendered: Mapping[str, Rendered],
    ids: Mapping[str, int],
    title: str,
    enclosed: Mapping[str, Enclosed],
) -> Sending:
    """Record a dispatch for each person who has none, and hand them over to the CRM's mail queue."""
    reporter = console.reporter()
    reporter.step(f"Enregistrement de {len(found.to_send)} envois au plus. (Recording.)")
    create_dispatches(crm, issue, found.to_send, rendered=rendered, ids=ids, title=title, enclosed=enclosed)
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
