"""`mist simulate`: what changed bylaws would make of the real register; nothing is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mist_connector.assembly.simulation import Simulation, simulate
from mist_connector.crm.rights import Purpose
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import with_settings
from mist_connector.errors import MistError
from mist_connector.language import _, worded
from mist_connector.work.people.facts_reading import read_common_facts, read_facts

from . import console
from .day import day_of
from .declared_mappings import declared
from .mappings_source import load_sources
from .options import (
    day_option,
    detailed_exitcode_option,
    json_option,
    mappings_option,
    profile_option,
)
from .session import opened
from .simulate_view import simulation_data, simulation_rows


@click.command(
    help=_(
        "Dit ce que d'autres règles feraient du registre tel qu'il est : qui gagne ou perd un "
        "statut ou une voix, quelles instances ne seraient plus en règle, quels constats et "
        "rappels apparaissent ou disparaissent. N'écrit rien.\n\n"
        "Un chemin nomme une valeur de mappings/ : offices.delegate.months.value=12, "
        "decisions.Q10.answer=distinct ; ou un nom court de mappings/shortcuts.yaml : "
        "mandate.months=12."
    )
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar=_("CHEMIN=VALEUR"),
    help=_("Une valeur à changer ; plusieurs fois si besoin."),
)
@day_option
@profile_option
@mappings_option
@json_option
@detailed_exitcode_option
def command(
    *,
    settings: tuple[str, ...],
    day: datetime | None,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
    detailed_exitcode: bool,
) -> int:
    """Read once, decide twice, show the difference; return the exit code."""
    if not settings and mappings is None:
        raise MistError(_("Rien à changer."), todo=_("ajoutez --set CHEMIN=VALEUR, ou --mappings DOSSIER"))
    today, changed = declared(), declare(with_settings(load_sources(mappings), settings))
    with opened(profile, Purpose.READ, any_mappings=True) as crm:
        people = [record.facts for record in read_facts(crm, today.blueprint, apart=True).people]
        common = read_common_facts(crm, today.blueprint)
    found = simulate(people, common, today, changed, on=day_of(day, today.blueprint, crm))
    if as_json:
        console.emit_json(simulation_data(found))
    else:
        _show(found, len(people), worded(today.provisions.status_label(None)))
    return 2 if detailed_exitcode and not found.is_empty else 0


def _show(found: Simulation, people: int, nothing: str) -> None:
    if found.is_empty:
        console.say(_("Rien ne changerait pour les {people} personnes.").format(people=people))
        return
    console.table((_("qui"), _("ce qui changerait"), _("règle"), ""), simulation_rows(found, nothing))
    console.say(_("{people} personnes lues, rien n'est écrit.").format(people=people))
