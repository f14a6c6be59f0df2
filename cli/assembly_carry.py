"""`mist assembly carry-out`: what staff asked for by the buttons of an assembly in the CRM."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from mist_connector.crm.assembly_writing import asked_for, say_done
from mist_connector.crm.dispatch import Sending
from mist_connector.crm.today import today_of
from mist_connector.documents.catalogue import MINUTES, NOTICE, REMINDER, RESULTS
from mist_connector.errors import MistError

from . import console
from .assembly_options import options
from .assembly_sending import Mailing
from .assembly_steps import convene, electorate_of, open_with, proclaim, results_of
from .assembly_work import Work
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, profile_option
from .session import opened


@click.command(
    "carry-out",
    help=(
        "Exécute ce que l'équipe a demandé par les boutons d'une assemblée, et l'y répond. À lancer "
        "régulièrement. (Does what staff asked for in the CRM.)"
    ),
)
@options(profile_option, mappings_option, dry_run_option, json_option)
def carry_out(*, profile: str | None, mappings: Path | None, dry_run: bool, as_json: bool) -> int:
    """Take each step that was asked for, and write what came of it on the assembly."""
    rules = declared(mappings)
    today = today_of(rules.blueprint)
    rows = []
    with opened(profile) as crm:
        for row_id, code, step in asked_for(crm):
            row: dict[str, object] = {"assembly": code, "asked": step, "said": "", "done": False}
            if not dry_run:
                work = Work.read(crm, rules, code=code, today=today, as_json=as_json, yes=True)
                done, said = _carried(work, step)
                say_done(crm, row_id, f"{said} ({today.isoformat()})")
                row |= {"said": said, "done": done}
            rows.append(row)
    if as_json:
        console.emit_json({"asked": rows})
    else:
        for row in rows:
            console.say(f"{row['assembly']}, {row['asked']} : {row['said'] or 'à faire'}")
        if not rows:
            console.say("Rien n'est demandé. (Nothing is asked for.)")
    return 0 if dry_run or all(row["done"] for row in rows) else 1


def _carried(work: Work, step: str) -> tuple[bool, str]:
    """Take a step; return whether it is done, and a sentence for whoever asked."""
    try:
        return _STEPS[step](work)
    except MistError as error:
        todo = f" {error.todo[:1].upper()}{error.todo[1:]}." if error.todo else ""
        return False, f"Refusé : {error.what}{todo}"


def _convene(work: Work) -> tuple[bool, str]:
    work.expect("planned", "convened")
    return _told("Convocation", convene(work, Mailing.of(work, NOTICE)))


def _remind(work: Work) -> tuple[bool, str]:
    work.expect("convened", "open")
    return _told("Rappel", Mailing.of(work, REMINDER).send())


def _open(work: Work) -> tuple[bool, str]:
    if work.assembly.state == "open":
        return True, "La liste est arrêtée, l'assemblée est ouverte."
    work.expect("convened")
    electorate = electorate_of(work)
    open_with(work, electorate)
    return True, f"Liste arrêtée : {len(electorate.voters)} voix. L'assemblée est ouverte."


def _close(work: Work) -> tuple[bool, str]:
    if work.assembly.state == "closed":
        return True, f"Close, procès-verbal {work.assembly.minutes}."
    work.expect("open")
    rulings = results_of(work)
    done = proclaim(work, rulings)
    if done["second_rounds"]:
        return True, "Proclamé, sauf ce qui attend un second tour, ajouté à l'ordre du jour."
    return True, f"Proclamée et close : {done['mandates']} mandat(s), procès-verbal {done['minutes']}."


def _paper(key: str, name: str) -> Callable[[Work], tuple[bool, str]]:
    def send(work: Work) -> tuple[bool, str]:
        work.expect("closed")
        return _told(name, Mailing.of(work, key).send())

    return send


def _told(name: str, sending: Sending) -> tuple[bool, str]:
    """Return how a sending went; whom no mail reaches stands among the dispatches, by name for staff only."""
    parts = [f"{sending.sent} partis"]
    waiting = sending.queued + sending.ready + len(sending.delayed)
    if waiting:
        parts.append(f"{waiting} en attente (relancez)")
    if sending.failed:
        parts.append(f"{len(sending.failed)} à remettre autrement (voyez Envois)")
    return not waiting, f"{name} : {', '.join(parts)}."


_STEPS: Mapping[str, Callable[[Work], tuple[bool, str]]] = {
    "convene": _convene,
    "remind": _remind,
    "open": _open,
    "close": _close,
    "results": _paper(RESULTS, "Résultats"),
    "minutes": _paper(MINUTES, "Procès-verbal"),
}
