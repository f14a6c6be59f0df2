"""`mist explain`: why a person has her status and what is missing for the next; or what a rule says."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from mist_connector.bylaws.rules import RULE_ID
from mist_connector.language import _

from . import console
from .declared_mappings import declared
from .explain_person import person_data, read_person, say_person
from .explain_rule import concerned_by, rule_data, rule_of, say_rule
from .mappings_source import load_sources
from .options import day_option, json_option, mappings_option, profile_option


@click.command(
    help=_(
        "Explique une personne (QUOI : son code) : son statut, ce qui manque pour le suivant, "
        "ses rôles, ce qui est constaté, ce qui vient, et qui peut lire quoi sur elle ; ou une "
        "règle (QUOI : son identifiant) : ce qu'elle dit, ce qui l'applique, ses cas et ses "
        "questions ouvertes, et avec --profile qui elle concerne ce jour-là."
    )
)
@click.argument("what", metavar=_("QUOI"))
@day_option
@profile_option
@mappings_option
@json_option
def command(
    *, what: str, day: datetime | None, profile: str | None, mappings: Path | None, as_json: bool
) -> None:
    """Explain a rule without any CRM unless one is named, or a person from her facts."""
    wanted, name = declared(mappings), what.upper()
    if re.fullmatch(RULE_ID, name):
        rule = rule_of(wanted, name)
        concerned = concerned_by(wanted, rule, profile, day) if profile else None
        if as_json:
            console.emit_json(rule_data(wanted, load_sources(mappings), rule, concerned))
        else:
            say_rule(wanted, load_sources(mappings), rule, concerned)
        return
    person = read_person(wanted, profile, name, day)
    if as_json:
        console.emit_json(person_data(person))
    else:
        say_person(person, wanted)
