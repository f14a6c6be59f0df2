"""`mist doubles`: what the CRM holds twice, and how it becomes one again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.language import _, worded
from mist_connector.work.people.doubles import Double, Merged, find_doubles, merge_doubles

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


@click.command(
    help=_(
        "Montre ce que le CRM tient deux fois, par code, et le réunit après accord.\n\n"
        "Ce qui dépend du second enregistrement passe au premier. Là où les deux disent autre "
        "chose, rien ne change : à vous de choisir, dans le CRM."
    )
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
@detailed_exitcode_option
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    detailed_exitcode: bool,
) -> int:
    """Find, show, ask, merge; return the exit code."""
    blueprint = declared(mappings).blueprint
    with opened(profile) as crm:
        found = find_doubles(crm, blueprint)
        if not as_json:
            _show(found, blueprint)
        merges = bool(found) and not dry_run
        if merges and not consented(_("Réunir ?"), yes=yes, as_json=as_json):
            merges = False
        done = merge_doubles(crm, blueprint) if merges else None
    _report(found, done, blueprint, as_json=as_json)
    return 2 if detailed_exitcode and found and (done is None or done.left) else 0


def _show(found: Sequence[Double], blueprint: Blueprint) -> None:
    if not found:
        console.say(_("Rien n'est noté deux fois."))
        return
    rows = [
        (worded(blueprint.model(each.model).label), each.codes[0], ", ".join(each.codes[1:]))
        for each in found
    ]
    console.table((_("quoi"), _("noté d'abord"), _("noté aussi")), rows)


def _report(found: Sequence[Double], done: Merged | None, blueprint: Blueprint, *, as_json: bool) -> None:
    if as_json:
        console.emit_json(
            {
                "doubles": [_data(each) for each in found],
                "merged": [_data(each) for each in done.merged] if done else [],
                "left": [_data(each) for each in done.left] if done else [],
            }
        )
        return
    if done is None:
        if found:
            console.say(_("Rien n'a été changé."))
        return
    for each in done.left:
        why = (
            _("diffèrent ({different})").format(different=", ".join(each.different))
            if each.different
            else _("le règlement le refuse")
        )
        label = worded(blueprint.model(each.model).label)
        console.say(
            _("Laissés : {label} {codes} : {why}. Corrigez-les dans le CRM, puis relancez.").format(
                label=label, codes=_(" et ").join(each.codes), why=why
            )
        )
    console.say(_("Réunis : {merged}.").format(merged=len(done.merged)))


def _data(double: Double) -> dict[str, object]:
    return {"model": double.model, "codes": list(double.codes), "different": list(double.different)}
