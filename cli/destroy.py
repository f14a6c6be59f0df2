"""`mist destroy`: remove everything that was ever deployed, and only that; settle accounts and contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from mist_connector.crm.config_directory import config_directory
from mist_connector.errors import PlanRefused
from mist_connector.language import _
from mist_connector.work.module.destroying import destroy
from mist_connector.work.module.leaving import Leaving, look_at_leaving

from . import console
from .consent import consented
from .deployment import Deployment
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option


@click.command(
    help=_(
        "Retire du CRM tout ce que mist y a déployé, avec ses données, et rien d'autre. Les "
        "contacts reviennent à leur code ; les comptes que mist a faits sont fermés, ou restent "
        "sans droit de mist. Dit d'abord ce qui part et ce qui reste."
    )
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
@click.option(
    "--allow-data-loss",
    is_flag=True,
    help=_("Accepte d'effacer le registre."),
)
@click.option(
    "--keep-accounts",
    is_flag=True,
    help=_("Garde les comptes faits pour l'équipe, sans droit de mist."),
)
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    allow_data_loss: bool,
    keep_accounts: bool,
) -> int:
    """Count, say what goes and what stays, ask, remove; return the exit code."""
    with Deployment.opened(profile, mappings) as deployment:
        plan = deployment.plan() if dry_run else deployment.plan_in_french(yes=yes, as_json=as_json)
        observed = plan.observed
        held, counts = len(observed.records), _counts(observed.counts)
        if counts and not allow_data_loss and not dry_run:
            listed = ", ".join(
                _("{model} ({count} fiches)").format(model=model, count=count)
                for model, count in counts.items()
            )
            raise PlanRefused(
                _("Ceci effacerait des données : {listed}.").format(listed=listed),
                todo=_("« mist export DOSSIER » les garde ; ajoutez --allow-data-loss si c'est voulu"),
            )
        leaving = look_at_leaving(deployment.crm) if held else Leaving()
        if held and not as_json:
            for sentence in _sentences(leaving, keep=keep_accounts):
                console.say(f"  {sentence}")
        question = _("Retirer {held} éléments du CRM ?").format(held=held)
        done = bool(held) and not dry_run and consented(question, yes=yes, as_json=as_json)
        if done:
            destroy(deployment.crm, close=not keep_accounts)
    if as_json:
        told = {**asdict(leaving), "keep_accounts": keep_accounts}
        console.emit_json({"records": held, "data": counts, "leaving": told, "destroyed": done})
    else:
        console.say(_sentence(held, done=done))
    return 0


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the models that hold data; the association's one record is ours, not anybody's data."""
    return {model: count for model, count in counts.items() if count and model != "x_mist_association"}


def _sentences(leaving: Leaving, *, keep: bool) -> Iterator[str]:
    """Yield what becomes of accounts, contacts and mails, and what stays in the CRM."""
    if leaving.robots:
        yield _("comptes du connecteur, fermés : {robots}").format(robots=", ".join(leaving.robots))
    if leaving.made:
        fate = _("gardés, sans droit de mist") if keep else _("fermés (--keep-accounts les garde)")
        yield _("comptes que mist a faits, {fate} : {made}").format(fate=fate, made=", ".join(leaving.made))
    if leaving.before:
        yield _("comptes d'avant, gardés, sans droit de mist : {before}").format(
            before=", ".join(leaving.before)
        )
    if leaving.named:
        yield _("contacts qui reviennent à leur code : {leaving.named}").format(leaving=leaving)
    if leaving.mails:
        yield _("courriels préparés qui ne partiront plus : {leaving.mails}").format(leaving=leaving)
    yield _(
        "restent : {leaving.contacts} contacts, sous leur code seul ; le français et les modules d'Odoo"
    ).format(leaving=leaving)
    yield _(
        "restent sur cette machine : profils et clés ({config_directory}), exports que vous avez faits"
    ).format(config_directory=config_directory())


def _sentence(held: int, *, done: bool) -> str:
    if not held:
        return _("Rien à retirer : mist n'a rien déployé ici.")
    if done:
        return _("{held} éléments retirés.").format(held=held)
    return _("{held} éléments seraient retirés ; rien ne l'a été.").format(held=held)
