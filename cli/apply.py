"""`mist apply`: bring the CRM in line with the mappings, wholly or not at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from mist_connector.blueprint.numbers import BylawNumber
from mist_connector.errors import MistError, PlanStale
from mist_connector.language import _
from mist_connector.planning.limits import ACCESS_RIGHTS
from mist_connector.planning.plan import Plan

from . import console
from .consent import consented
from .deployment import Deployment
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option
from .plan_view import plan_data, show_plan

QUESTION = _("Déployer ?")


@click.command(help=_("Déploie le règlement dans le CRM, en une seule transaction : tout, ou rien."))
@click.argument(
    "plan_file",
    required=False,
    metavar=_("[FICHIER]"),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
@click.option(
    "--allow-data-loss",
    is_flag=True,
    help=_("Accepte de retirer ce qui contient des données."),
)
@click.option(
    "--force",
    "forced",
    multiple=True,
    type=click.Choice([ACCESS_RIGHTS]),
    help=_("Lève une limite, nommée."),
)
def command(
    *,
    plan_file: Path | None,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    allow_data_loss: bool,
    forced: tuple[str, ...],
) -> int:
    """Plan, show, ask, deploy, verify; return the exit code."""
    with Deployment.opened(profile, mappings) as deployment:
        plan = deployment.plan() if dry_run else deployment.plan_in_french(yes=yes, as_json=as_json)
        numbers = deployment.blueprint.numbers
        if plan_file is not None:
            _check_fresh(plan, plan_file)
        if not as_json:
            show_plan(plan, numbers)
        deployment.check(plan, allow_data_loss=allow_data_loss, forced=forced)
        if plan.empty or dry_run or not consented(QUESTION, yes=yes, as_json=as_json):
            return _report(plan, None, numbers, as_json=as_json)
        started = time.monotonic()
        deployment.apply(plan)
        return _report(plan, time.monotonic() - started, numbers, as_json=as_json)


def _check_fresh(plan: Plan, file: Path) -> None:
    try:
        saved = json.loads(file.read_text(encoding="utf-8"))["fingerprint"]
    except (ValueError, KeyError, TypeError):
        raise MistError(
            _("{file} n'est pas un plan de « mist plan --out ».").format(file=file),
            todo=_("refaites-le avec « mist plan --out »"),
        ) from None
    if saved != plan.fingerprint:
        raise PlanStale(
            _("Ce plan est périmé : le CRM ou le règlement ont changé depuis ; rien n'a été fait."),
            todo=_("refaites-le avec « mist plan --out », relisez-le, puis relancez"),
        )


def _report(plan: Plan, seconds: float | None, numbers: tuple[BylawNumber, ...], *, as_json: bool) -> int:
    if as_json:
        console.emit_json(
            {
                **plan_data(plan, numbers),
                "applied": seconds is not None,
                "seconds": seconds,
            }
        )
    elif seconds is not None:
        console.say(
            _("Déployé et vérifié en {seconds:.1f} s : {changes} changements.").format(
                seconds=seconds, changes=len(plan.changes)
            )
        )
    elif not plan.empty:
        console.say(_("Rien n'a été fait."))
    return 0
