"""From an assembly's records to what the bylaws decide about: its electorate, its room, its votes."""

from __future__ import annotations

from datetime import time

from mist_connector.assembly.ballots import AGAINST, FOR, Tally
from mist_connector.assembly.closing import Item
from mist_connector.assembly.electorate import Electorate, check_seal
from mist_connector.assembly.presence import read_stays
from mist_connector.assembly.refusal import AssemblyRefused
from mist_connector.assembly.room import Proxy, Room
from mist_connector.declared.assembly import AssemblySettings, ItemKind
from mist_connector.language import _

from .assemblies import AssemblyRecord, ItemRecord


def room_of(assembly: AssemblyRecord, settings: AssemblySettings) -> Room:
    """Return the room; AssemblyRefused where the list of voters is not the one that was sealed."""
    if assembly.frozen_on is None:
        raise AssemblyRefused(_("L'assemblée n'est pas ouverte."), todo=_("lancez « mist assembly open »"))
    voters = frozenset(each.person for each in assembly.invitees if each.entitled)
    electorate = Electorate(assembly.code, assembly.frozen_on, assembly.answer, voters)
    check_seal(electorate, assembly.seal)
    return Room(
        electorate=electorate,
        stays={each.person: read_stays(each.presence) for each in assembly.invitees if each.presence},
        proxies=tuple(
            Proxy(each.person, each.proxy_to, str(each.proxy_item) if each.proxy_item else None)
            for each in assembly.invitees
            if each.proxy_to is not None
        ),
        rule=settings.statutes.proxies,
    )


def voted(item: ItemRecord) -> Item:
    """Return an item as it was voted; AssemblyRefused for somebody who stands twice."""
    standing = [each.person for each in item.candidacies]
    if len(set(standing)) < len(standing):
        raise AssemblyRefused(
            _("Une personne est candidate deux fois au point {position}.").format(position=item.position)
        )
    kind = ItemKind(item.kind)
    if kind is ItemKind.ELECTION:
        totals = {each.person: each.votes for each in item.candidacies}
    else:
        totals = {FOR: item.votes_for, AGAINST: item.votes_against}
    # A show of hands is counted in votes for and against; what is neither is noted as blank.
    ballots = item.ballots or (sum(totals.values()) + item.blank if kind is ItemKind.RESOLUTION else 0)
    return Item(
        id=str(item.id),
        kind=kind,
        office=item.office,
        second_round=item.second_round,
        at=_time(item.voted_at),
        tally=Tally(ballots, item.blank, totals) if ballots else None,
        accepted=frozenset(each.person for each in item.candidacies if each.accepted_on),
    )


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip().replace("h", ":").zfill(5)) if text.strip() else None
    except ValueError:
        raise AssemblyRefused(
            _("Heure illisible : « {text} ».").format(text=text[:20]), todo=_("écrivez-la comme 15:10")
        ) from None
