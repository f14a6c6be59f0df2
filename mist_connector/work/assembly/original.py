"""From a closed assembly's records to the original of its minutes, unmasked, for the association's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mist_connector.assembly.quorum import watch_at
from mist_connector.assembly.room import Room
from mist_connector.blueprint.identity import identity_of
from mist_connector.bylaws.text import Text
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.declared.assembly import ItemKind
from mist_connector.declared.everything import Declared
from mist_connector.documents.original_minutes import OriginalInput, OriginalItem

from .assemblies import AssemblyRecord, ItemRecord
from .papers import AGAINST, BLANK, CAST, FOR, came, carried, labels_of
from .reading import room_of, voted
from .record import Version


def original_input(
    crm: Crm, assembly: AssemblyRecord, declared: Declared, minutes: Sequence[Version]
) -> OriginalInput:
    """Return what the original says; `minutes`: the versions of the minutes, in order."""
    room, names, meeting = (
        room_of(assembly, declared.assembly),
        _names(crm, declared, assembly),
        assembly.meeting,
    )
    present = came(room)
    times = [(voted(item).at, str(item.id)) for item in assembly.items]
    hands = {giver for at, item in times if at is not None for giver in carried(room, at, item)}
    assert assembly.frozen_on is not None  # noqa: S101 - the room is that of a frozen list
    return OriginalInput(
        number=assembly.minutes,
        version=max(assembly.version, 1),
        on=assembly.on,
        hour=assembly.hour,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        place=assembly.place,
        chair=names.get(meeting.chair or "", ""),
        secretary=names.get(meeting.secretary or "", ""),
        frozen_on=assembly.frozen_on,
        seal=assembly.seal,
        entitled=len(room.electorate.voters),
        present=len(present),
        represented=len(hands - present),
        items=[_item(item, declared, room, names) for item in assembly.items],
        corrections=[(each.written_on, each.correction) for each in minutes if each.correction is not None],
    )


def _names(crm: Crm, declared: Declared, assembly: AssemblyRecord) -> dict[str, str]:
    """Return how staff call the chair, the secretary and whoever stood, with her code."""
    standing = {each.person for item in assembly.items for each in item.candidacies}
    meeting = {each for each in (assembly.meeting.chair, assembly.meeting.secretary) if each}
    domain = [["x_name", "in", sorted(standing | meeting)]]
    identity = identity_of(declared.blueprint)
    shown = (*identity.preferred, identity.given)
    rows = read_all(crm, "x_mist_person", ("x_name", *shown), domain=domain)
    names = {row["x_name"]: next((row[key] for key in shown if row[key]), "") for row in rows}
    return {code: f"{name} ({code})" for code, name in names.items()}


def _item(item: ItemRecord, declared: Declared, room: Room, names: Mapping[str, str]) -> OriginalItem:
    kinds, states = labels_of(declared, "item_kinds"), labels_of(declared, "item_states")
    counted = voted(item)
    quorum = declared.assembly.statutes.quorum
    standing = watch_at(room, quorum, counted.at, counted.id) if counted.at is not None else None
    return OriginalItem(
        title=item.title,
        kind=kinds[item.kind],
        secret=item.secret,
        voted_at=f"{counted.at:%H:%M}" if counted.at is not None else "",
        present=standing.present if standing else 0,
        represented=standing.represented if standing else 0,
        needed=standing.needed if standing else 0,
        figures=_figures(item, names) if counted.tally is not None else (),
        state=states.get(item.state or "", states["refused"]),
        elected=sorted(names[each.person] for each in item.candidacies if each.elected),
        reason=item.reason,
    )


def _figures(item: ItemRecord, names: Mapping[str, str]) -> tuple[tuple[Text, int], ...]:
    """Return every choice and its votes: for and against, or each who stood, the most votes first."""
    if item.kind != ItemKind.ELECTION:
        return ((FOR, item.votes_for), (AGAINST, item.votes_against), (BLANK, item.blank))
    ranked = sorted(item.candidacies, key=lambda each: (-each.votes, each.person))
    stood = tuple((Text(fr=names[each.person], en=names[each.person]), each.votes) for each in ranked)
    return (*stood, (BLANK, item.blank), (CAST, item.ballots - item.blank))
