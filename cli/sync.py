"""`mist sync`: bring statuses, contacts and accounts in line with the facts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mist_connector.bylaws.sync_limits import SyncLimits
from mist_connector.crm.today import today_of
from mist_connector.crm.turn import Renewing, turn
from mist_connector.errors import MistError, PlanRefused
from mist_connector.language import _
from mist_connector.planning.people import SyncPlan
from mist_connector.work.people.sync import Sync

from . import console
from .consent import consented
from .declared_mappings import declared
from .options import (
    detailed_exitcode_option,
    dry_run_option,
    json_option,
    mappings_option,
    profile_option,
    yes_option,
)
from .session import opened
from .sync_view import show_brief, show_invited, show_sync, sync_data

SHARE, LAST_ACCOUNT = "share", "last-account"


@click.command(
    help=_(
        "Met les statuts, les contacts et les comptes en accord avec les faits enregistrés.\n\n"
        "Montre d'abord ce qui changerait, par code, jamais par nom ; n'exclut ni n'élit "
        "personne."
    )
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
@detailed_exitcode_option
@click.option("--brief", is_flag=True, help=_("Les nombres seulement."))
@click.option("--person", "person", default=None, metavar="CODE", help=_("Cette personne seule."))
@click.option(
    "--since",
    "since",
    default=None,
    type=click.DateTime(["%Y-%m-%d"]),
    help=_(
        "Seulement les personnes dont un fait a été noté ou changé depuis ce jour. Ce que le "
        "temps seul change (une fin, un délai) ou fut supprimé n'y est pas : sans --since, tout "
        "est regardé."
    ),
)
@click.option(
    "--force",
    "forced",
    multiple=True,
    type=click.Choice([SHARE, LAST_ACCOUNT]),
    help=_("Lève une limite, nommée."),
)
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    detailed_exitcode: bool,
    brief: bool,
    person: str | None,
    since: datetime | None,
    forced: tuple[str, ...],
) -> int:
    """Plan, show, ask, write; return the exit code: 1 where somebody was left out until she is corrected."""
    wanted = declared(mappings)
    with opened(profile) as crm:
        sync = Sync(crm, wanted.blueprint, wanted.provisions, wanted.sync)
        plan = sync.plan(on=today_of(wanted.blueprint, crm), since=since.date() if since else None)
        if person is not None:
            plan = _only(plan, person)
        if not as_json:
            (show_brief if brief else show_sync)(plan, wanted.provisions)
        if not dry_run:
            _check(sync, plan, wanted.sync, forced, yes=yes, as_json=as_json)
        write = not plan.empty and not dry_run and consented(_("Écrire ?"), yes=yes, as_json=as_json)
        if write:
            with turn(crm, "sync", console.reporter()) as keeping:
                sync.apply(plan, Renewing(console.reporter(), keeping))
    if as_json:
        console.emit_json({**sync_data(plan), "written": write})
    elif not plan.empty:
        console.say(_("Écrit.") if write else _("Rien n'a été écrit."))
        show_invited(plan)
    if plan.left_out:
        return 1
    return 2 if detailed_exitcode and not plan.empty and not write else 0


def _only(plan: SyncPlan, person: str) -> SyncPlan:
    if person not in plan.codes:
        raise MistError(
            _("Personne n'a le code {person}.").format(person=person), todo=_("vérifiez le code dans le CRM")
        )
    return plan.only([person])


def _check(
    sync: Sync, plan: SyncPlan, limits: SyncLimits, forced: tuple[str, ...], *, yes: bool, as_json: bool
) -> None:
    """Refuse what looks like a mistake in the facts more than like a decision of the association.

    What protects people waits for nothing: it is written before the rest is refused.
    """
    try:
        _check_limits(plan, limits, forced)
    except PlanRefused:
        kept = plan.protecting
        if not kept.empty:
            console.reporter().step(
                _("Contacts à ramener à leur code, quoi qu'il en soit : {contacts}.").format(
                    contacts=len(kept.contacts)
                )
            )
            if consented(_("Les écrire ?"), yes=yes, as_json=as_json):
                sync.apply(kept, console.reporter())
        raise


def _check_limits(plan: SyncPlan, limits: SyncLimits, forced: tuple[str, ...]) -> None:
    if plan.last_lost and LAST_ACCOUNT not in forced:
        roles = ", ".join(plan.last_lost)
        raise PlanRefused(
            _("Il ne resterait aucun compte pour cette fonction : {roles}.").format(roles=roles),
            todo=_("notez d'abord qui la reprend ; si c'est voulu, ajoutez --force {LAST_ACCOUNT}").format(
                LAST_ACCOUNT=LAST_ACCOUNT
            ),
        )
    altered = len(plan.altered)
    if limits.exceeded(altered, plan.people) and SHARE not in forced:
        raise PlanRefused(
            _("{altered} personnes sur {plan.people} changeraient de statut en une fois.").format(
                altered=altered, plan=plan
            ),
            todo=_("vérifiez les faits ; si c'est voulu, ajoutez --force {SHARE}").format(SHARE=SHARE),
        )
