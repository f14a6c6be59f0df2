"""`mist assembly carry-out`: what staff asked for by buttons, and mails that waited for another day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from mist_connector.crm.port import Crm
from mist_connector.crm.today import today_of
from mist_connector.crm.turn import Renewing, turn
from mist_connector.declared.everything import Declared
from mist_connector.language import _
from mist_connector.work.assembly.context import AssemblyContext
from mist_connector.work.assembly.requests import carry_out as take_step
from mist_connector.work.assembly.waiting import Waiting, has_room, read_waiting, send_waiting
from mist_connector.work.assembly.writing import asked_for, say_done

from . import console
from .assembly_options import options
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, profile_option
from .session import opened


@click.command(
    "carry-out",
    help=_(
        "Exécute ce que l'équipe a demandé par les boutons d'une assemblée, et l'y répond ; envoie "
        "ce que la limite de l'hébergeur a fait attendre un autre jour. À lancer régulièrement."
    ),
)
@options(profile_option, mappings_option, dry_run_option, json_option)
def carry_out(*, profile: str | None, mappings: Path | None, dry_run: bool, as_json: bool) -> int:
    """Take each step that was asked for, and write what came of it on the assembly; then send what waited."""
    rules = declared(mappings)
    with opened(profile) as crm:
        today = today_of(rules.blueprint, crm)
        steps = [_step(crm, rules, asked, today, dry_run=dry_run) for asked in asked_for(crm)]
        # What a step has just left for another day waits here too, and no room is left for it.
        waited = [_waited(crm, rules, each, today, dry_run=dry_run) for each in read_waiting(crm)]
    if as_json:
        console.emit_json({"asked": steps, "waiting": waited})
    else:
        _show(steps, waited)
    return 0 if dry_run or all(row["done"] for row in (*steps, *waited)) else 1


def _step(
    crm: Crm, rules: Declared, asked: tuple[int, str, str], today: date, *, dry_run: bool
) -> dict[str, object]:
    row_id, code, step = asked
    row: dict[str, object] = {"assembly": code, "asked": step, "said": "", "done": False}
    if not dry_run:
        context = AssemblyContext.read(crm, rules, code=code, today=today)
        with turn(crm, f"assembly {step}", console.reporter()) as keeping:
            answer = take_step(context, step, Renewing(console.reporter(), keeping))
        say_done(crm, row_id, f"{answer.said} ({today.isoformat()})")
        row |= {"said": answer.said, "done": answer.done}
    return row


def _waited(crm: Crm, rules: Declared, waiting: Waiting, today: date, *, dry_run: bool) -> dict[str, object]:
    row: dict[str, object] = {"document": waiting.issue, "mails": waiting.mails, "said": "", "done": True}
    if not has_room(crm, today=today):
        row["said"] = _("attendent demain : l'hébergeur n'en laisse plus partir aujourd'hui.")
    elif not dry_run:
        with turn(crm, "assembly carry-out", console.reporter()) as keeping:
            reporter = Renewing(console.reporter(), keeping)
            answer = send_waiting(crm, rules, waiting, today=today, reporter=reporter)
        row |= {"said": answer.said, "done": answer.done}
    return row


def _show(steps: Sequence[Mapping[str, object]], waited: Sequence[Mapping[str, object]]) -> None:
    for row in steps:
        console.say(
            _("{row[assembly]}, {row[asked]} : {said}").format(row=row, said=row["said"] or _("à faire"))
        )
    for row in waited:
        console.say(
            _("{row[document]}, {row[mails]} en attente : {said}").format(
                row=row, said=row["said"] or _("à envoyer")
            )
        )
    if not steps and not waited:
        console.say(_("Rien n'est demandé."))
