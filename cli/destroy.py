"""`mist destroy`: remove everything that was ever deployed, and only that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from mist_connector.crm.deploy import destroy
from mist_connector.errors import PlanRefused

from . import console
from .deployment import Deployment
from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option


@click.command(
    help=(
        "Retire du CRM tout ce que mist y a déployé, avec ses données, et rien d'autre.\n\n"
        "(Removes everything that mist ever deployed, with its data, and nothing else.)"
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
    help="Accepte d'effacer le registre. (Allows the register to be erased.)",
)
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    allow_data_loss: bool,
) -> int:
    """Count, ask, remove; return the exit code."""
    with Deployment.opened(profile, mappings) as deployment:
        observed = deployment.plan().observed
        held, counts = len(observed.records), _counts(observed.counts)
        if counts and not allow_data_loss and not dry_run:
            listed = ", ".join(f"{model} ({count} fiches)" for model, count in counts.items())
            raise PlanRefused(
                f"Ceci effacerait des données : {listed}.", todo="ajoutez --allow-data-loss si c'est voulu"
            )
        question = f"Retirer {held} éléments du CRM ? (Remove {held} records?)"
        done = bool(held) and not dry_run and (yes or click.confirm(question, default=False))
        if done:
            destroy(deployment.crm)
    if as_json:
        console.emit_json({"records": held, "data": counts, "destroyed": done})
    else:
        console.say(_sentence(held, done=done))
    return 0


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the models that hold data; the association's one record is ours, not anybody's data."""
    return {model: count for model, count in counts.items() if count and model != "x_mist_association"}


def _sentence(held: int, *, done: bool) -> str:
    if not held:
        return "Rien à retirer : mist n'a rien déployé ici. (Nothing to remove.)"
    return f"{held} éléments retirés. (Removed.)" if done else f"{held} éléments seraient retirés. (Dry run.)"
