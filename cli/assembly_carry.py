"""`mist assembly carry-out`: what staff asked for by the buttons of an assembly in the CRM."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.crm.today import today_of
from mist_connector.crm.turn import Renewing, turn
from mist_connector.language import _
from mist_connector.work.assembly.context import AssemblyContext
from mist_connector.work.assembly.requests import carry_out as take_step
from mist_connector.work.assembly.writing import asked_for, say_done

from . import console
from .assembly_options import options
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, profile_option
from .session import opened


@click.command(
    "carry-out",
    help=_(
        "Exécute ce que l'équipe a demandé par les boutons d'une assemblée, et l'y répond. À "
        "lancer régulièrement."
    ),
)
@options(profile_option, mappings_option, dry_run_option, json_option)
def carry_out(*, profile: str | None, mappings: Path | None, dry_run: bool, as_json: bool) -> int:
    """Take each step that was asked for, and write what came of it on the assembly."""
    rules = declared(mappings)
    rows = []
    with opened(profile) as crm:
        today = today_of(rules.blueprint, crm)
        for row_id, code, step in asked_for(crm):
            row: dict[str, object] = {"assembly": code, "asked": step, "said": "", "done": False}
            if not dry_run:
                context = AssemblyContext.read(crm, rules, code=code, today=today)
                with turn(crm, f"assembly {step}", console.reporter()) as keeping:
                    answer = take_step(context, step, Renewing(console.reporter(), keeping))
                say_done(crm, row_id, f"{answer.said} ({today.isoformat()})")
                row |= {"said": answer.said, "done": answer.done}
            rows.append(row)
    if as_json:
        console.emit_json({"asked": rows})
    else:
        for row in rows:
            console.say(f"{row['assembly']}, {row['asked']} : {row['said'] or 'à faire'}")
        if not rows:
            console.say("Rien n'est demandé. (Nothing is asked for.)")
    return 0 if dry_run or all(row["done"] for row in rows) else 1
