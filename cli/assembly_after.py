"""`mist assembly` between assemblies: where they stand, and what approved minutes get wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mist_connector.crm.today import today_of
from mist_connector.language import _, worded
from mist_connector.work.assembly import steps
from mist_connector.work.assembly.overview import read_overview
from mist_connector.work.assembly.plan import both_languages

from . import assembly_view, console
from .assembly_options import assembly_option, options, step
from .assembly_step import taking_step
from .declared_mappings import declared
from .options import json_option, mappings_option, profile_option
from .session import opened


@click.command(help=_("Rectifie, en deux langues, un procès-verbal approuvé."))
@step
@click.argument("correction", metavar="FR|EN")
def correct(*, correction: str, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Add a version of approved minutes, which says what it corrects."""
    words = both_languages(correction)
    with taking_step(**given, states=("closed",)) as taken:
        assembly = taken.context.assembly
        steps.check_approved(taken.context)
        shown: dict[str, Any] = {"assembly": assembly.code, "version": assembly.version}
        if not taken.as_json:
            console.say(
                _("Version {version} : {words.fr} / {words.en}").format(
                    version=assembly.version + 1, words=words
                )
            )
        agreed = taken.consented(_("Rectifier ?"))
        if agreed:
            made = steps.correct(taken.context, words)
            shown = {**shown, "minutes": made.number, "version": made.version}
        else:
            shown["assembly"] = None
        return assembly_view.told(shown, done=agreed, as_json=taken.as_json)


@click.command(help=_("Dit où en sont les assemblées, et ce qui vient ensuite."))
@options(assembly_option, profile_option, mappings_option, json_option)
def status(*, code: str | None, profile: str | None, mappings: Path | None, as_json: bool) -> int:
    """Show every assembly, what the current one lacks, and the limit of the next one."""
    rules = declared(mappings)
    with opened(profile) as crm:
        overview = read_overview(crm, rules, code=code, today=today_of(rules.blueprint, crm))
    shown = assembly_view.overview_data(overview, rules)
    if as_json:
        console.emit_json(shown)
    else:
        states = {each.id: worded(each.label) for each in rules.vocabularies["assembly_states"]}
        assembly_view.show_status(shown, states)
    return 0
