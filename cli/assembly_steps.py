"""The steps of an assembly, as a command takes them or as somebody asked for them in the CRM."""

from __future__ import annotations

from typing import Any

from mist_connector.assembly.closing import Ruling
from mist_connector.assembly.electorate import Electorate, freeze
from mist_connector.crm.assembly_record import close
from mist_connector.crm.assembly_writing import invite, mark_convened, write_electorate, write_rulings
from mist_connector.crm.dispatch import Sending
from mist_connector.errors import MistError

from .assembly_sending import Mailing
from .assembly_work import Work, rulings_of


def convene(work: Work, mailing: Mailing) -> Sending:
    """Invite every member, send each her convocation, and note it."""
    invite(work.crm, work.assembly, work.members, work.ids)
    sending = mailing.send()
    mark_convened(work.crm, work.assembly, on=work.today)
    return sending


def electorate_of(work: Work) -> Electorate:
    """Return who votes if the list is frozen today."""
    settings, decisions = work.rules.assembly, work.rules.bylaws.decisions
    return freeze(work.assembly.code, work.statuses, settings, decisions, on=work.today)


def open_with(work: Work, electorate: Electorate) -> None:
    """Invite who became a member meanwhile, note who votes, seal the list and open."""
    invite(work.crm, work.assembly, work.members, work.ids)
    write_electorate(work.crm, work.again().assembly, electorate)


def results_of(work: Work) -> tuple[Ruling, ...]:
    """Return what each item comes to; MistError before the assembly's day."""
    if work.today < work.assembly.on:
        raise MistError(
            f"L'assemblée n'a pas eu lieu : elle est le {work.assembly.on}.", todo="attendez ce jour"
        )
    return rulings_of(work)


def proclaim(work: Work, rulings: tuple[Ruling, ...]) -> dict[str, Any]:
    """Write the results, make the mandates, and close unless a second round waits."""
    made, again = write_rulings(work.crm, work.assembly, rulings, work.ids)
    number = "" if again else close(work.crm, work.again().assembly, on=work.today)
    return {"mandates": made, "second_rounds": again, "closed": not again, "minutes": number}
