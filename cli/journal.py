"""`mist journal`: who read what through the connector, when and why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mist_connector.crm.journal import Reading, read_journal
from mist_connector.crm.rights import Purpose
from mist_connector.language import _

from . import console
from .declared_mappings import declared
from .options import json_option, mappings_option, profile_option
from .session import opened


@click.command(
    help=_(
        "Montre le journal des lectures faites par mist : qui, quand, de quels codes, pourquoi.\n\n"
        "Avec le profil de la direction. Les lectures faites dans les pages du CRM n'y sont pas "
        ": le CRM ne les note pas."
    )
)
@click.option("--person", default=None, metavar="CODE", help=_("Cette personne seule."))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar=_("DATE"),
    help=_("Depuis ce jour."),
)
@profile_option
@mappings_option
@json_option
def command(
    *, person: str | None, since: datetime | None, profile: str | None, mappings: Path | None, as_json: bool
) -> None:
    """Read the journal and show it."""
    blueprint = declared(mappings).blueprint
    code = person.upper() if person else None
    with opened(profile, Purpose.FILES) as crm:
        found = read_journal(crm, blueprint, person=code, since=since.date() if since else None)
    if as_json:
        console.emit_json([_data(each) for each in found])
        return
    rows = [
        (
            f"{each.at:%d/%m/%Y %H:%M} UTC",
            each.account,
            each.command,
            " ".join(each.codes) or _("{each.count} personnes").format(each=each),
            each.because or "—",
        )
        for each in found
    ]
    if rows:
        console.table((_("quand"), _("compte"), _("commande"), _("de qui"), _("pourquoi")), rows)
    console.say(
        _("{rows} lecture(s). Celles faites dans les pages du CRM ne sont pas notées.").format(rows=len(rows))
    )


def _data(each: Reading) -> dict[str, object]:
    return {
        "at": each.at.isoformat(),
        "account": each.account,
        "command": each.command,
        "people": list(each.codes),
        "count": each.count,
        "because": each.because,
    }
