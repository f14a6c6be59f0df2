"""`mist report send`: one mail per person, exactly once, to her safe address only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mist_connector.crm.today import today_of
from mist_connector.language import _
from mist_connector.work.papers.mailing import counts
from mist_connector.work.papers.register_mailing import check_mailable, register_mailing
from mist_connector.work.papers.templates import load_templates

from . import console
from .because import noted
from .consent import consented
from .declared_mappings import declared
from .mailing_view import show_mailing, sum_up
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option
from .report_options import day, document_option, templates_option
from .session import opened


@click.command(help=_("Envoie un document, un courriel par personne."))
@document_option
@click.option("--on", required=True, callback=day, metavar=_("DATE"), help=_("Jour de l’assemblée."))
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
    check_mailable(rules, key, sources)
    with opened(profile) as crm:
        mailing = register_mailing(crm, rules, key, sources, on=on, today=today_of(rules.blueprint, crm))
        if not as_json:
            show_mailing(mailing)
        if dry_run or not consented(
            _("Envoyer : {counts} ?").format(counts=counts(mailing)), yes=yes, as_json=as_json
        ):
            return sum_up(mailing, None, as_json=as_json)
        codes = [each.code for each in mailing.found.to_send]
        noted(crm, rules.blueprint, f"mist report send {mailing.issue}", codes)
        sending = mailing.send(console.reporter())
    return sum_up(mailing, sending, as_json=as_json)
