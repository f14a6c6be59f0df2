"""The steps of an assembly, as a command takes them or as somebody asked for them in the CRM."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mist_connector.assembly.closing import Closing, Ruling
from mist_connector.assembly.electorate import Electorate, check_nobody_twice, freeze
from mist_connector.bylaws.text import Text
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.reporting import Reporter
from mist_connector.work.papers.dispatch import Sending
from mist_connector.work.papers.mailing import Mailing
from mist_connector.work.people.addresses import compared

from .assemblies import ASSEMBLY, AssemblyRecord
from .context import AssemblyContext
from .reading import room_of, voted
from .record import Version, close
from .record import correct as add_version
from .writing import begin_edition, invite, mark_convened, write_electorate, write_rulings


@dataclass(frozen=True)
class Proclaimed:
    """What proclaiming the results wrote; `minutes`: their number, empty while a second round waits."""

    mandates: int
    second_rounds: int
    minutes: str


def convene(context: AssemblyContext, mailing: Mailing, reporter: Reporter) -> Sending:
    """Invite every member, send each her convocation, and note it."""
    invite(context.crm, context.assembly, context.members, context.ids)
    begin_edition(context.crm, context.assembly)
    sending = mailing.send(reporter)
    reached = sending.total - len(sending.failed)
    mark_convened(context.crm, context.assembly, on=context.today, reached=reached)
    return sending


def electorate_of(context: AssemblyContext) -> Electorate:
    """Return who votes if the list is frozen today; MistError before the day that members know."""
    _check_opening(context.assembly, today=context.today)
    settings, decisions = context.rules.assembly, context.rules.bylaws.decisions
    electorate = freeze(context.assembly.code, context.statuses, settings, decisions, on=context.today)
    check_nobody_twice(electorate, compared(context.crm, context.rules.blueprint).alike)
    return electorate


def _check_opening(assembly: AssemblyRecord, *, today: date) -> None:
    if today < assembly.on:
        raise MistError(
            _("Elle est prévue le {on:%d/%m/%Y} : la liste s'arrête ce jour-là.").format(on=assembly.on),
            todo=_("attendez ce jour ; pour l'avancer exprès, changez « Le » sur la fiche, puis convoquez"),
        )
    told = assembly.convocation
    if told.is_outdated and told.day != assembly.on:
        raise MistError(
            _("{reached} personnes l'attendent un autre jour ({day:%d/%m/%Y}).").format(
                reached=told.reached, day=told.day
            ),
            todo=_("envoyez d'abord la convocation rectifiée (« Convoquer »)"),
        )


def open_with(context: AssemblyContext, electorate: Electorate) -> None:
    """Invite who became a member meanwhile, note who votes, seal the list and open."""
    invite(context.crm, context.assembly, context.members, context.ids)
    write_electorate(context.crm, context.again().assembly, electorate)


def rulings_of(context: AssemblyContext) -> tuple[Ruling, ...]:
    """Return what each item of the assembly comes to."""
    rules = context.rules
    closing = Closing(
        room=room_of(context.assembly, rules.assembly),
        statutes=rules.assembly.statutes,
        provisions=rules.provisions,
        people=context.people,
        on=context.assembly.on,
    )
    return closing.rulings([voted(item) for item in context.assembly.items])


def results_of(context: AssemblyContext) -> tuple[Ruling, ...]:
    """Return what each item comes to; MistError before the assembly's day."""
    if context.today < context.assembly.on:
        raise MistError(
            _("L'assemblée n'a pas eu lieu : elle est le {on}.").format(on=context.assembly.on),
            todo=_("attendez ce jour"),
        )
    return rulings_of(context)


def proclaim(context: AssemblyContext, rulings: tuple[Ruling, ...]) -> Proclaimed:
    """Write the results, make the mandates, and close unless a second round waits."""
    made, again = write_rulings(context.crm, context.assembly, rulings, context.ids)
    number = "" if again else close(context.crm, context.again().assembly, on=context.today)
    return Proclaimed(made, again, number)


def check_approved(context: AssemblyContext) -> None:
    """Raise MistError unless the minutes are approved: what is not approved yet needs no correction."""
    context.expect("closed")
    if context.assembly.approved_on is None:
        raise MistError(
            _("Le procès-verbal n'est pas approuvé."), todo=_("notez d'abord « Procès-verbal approuvé le »")
        )


def correct(context: AssemblyContext, words: Text) -> Version:
    """Add a version of approved minutes, which says what it corrects."""
    return add_version(context.crm, context.assembly, words, on=context.today)


def cancel(context: AssemblyContext) -> None:
    """Note that the assembly is cancelled or was not held; its mails that have not left are withdrawn."""
    context.expect("planned", "convened")
    action = find_server_action(context.crm, ASSEMBLY, "cancel_assembly")
    chosen = {"active_model": ASSEMBLY, "active_ids": [context.assembly.id]}
    context.crm.call("ir.actions.server", "run", ids=[action], context=chosen)
