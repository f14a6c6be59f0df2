"""`mist plan`: what the CRM lacks to follow the mappings, record by record, nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.language import _
from mist_connector.planning.plan import Plan

from . import console
from .deployment import Deployment
from .options import json_option, mappings_option, profile_option
from .page_files import write_file
from .plan_view import plan_data, show_brief_plan, show_plan


@click.command(help=_("Compare le CRM avec le règlement et montre ce qui changerait. N'écrit rien."))
@profile_option
@mappings_option
@json_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("Garde le plan pour « mist apply FICHIER »."),
)
@click.option(
    "--detailed-exitcode",
    is_flag=True,
    help=_("Code de sortie 2 s'il y a des changements."),
)
@click.option("--brief", is_flag=True, help=_("Compte seulement, par nature."))
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
    out: Path | None,
    detailed_exitcode: bool,
    brief: bool,
) -> int:
    """Build the plan and show it; return the exit code."""
    with Deployment.opened(profile, mappings) as deployment:
        plan = deployment.plan()
        numbers = deployment.blueprint.numbers
    if out is not None:
        write_file(out, console.to_json(plan_data(plan, numbers)))
    if as_json:
        console.emit_json(plan_data(plan, numbers))
    else:
        (show_brief_plan if brief else show_plan)(plan, numbers)
    return _status(plan, detailed=detailed_exitcode)


def _status(plan: Plan, *, detailed: bool) -> int:
    return 2 if detailed and not plan.empty else 0
