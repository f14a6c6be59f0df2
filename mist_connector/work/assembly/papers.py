"""From an assembly's records to what its papers say; a name only with a consent that covers it today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from mist_connector.assembly.ballots import tells_nobody
from mist_connector.assembly.quorum import watch_at
from mist_connector.assembly.room import Room
from mist_connector.assembly.terms import limit_after
from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.identity import identity_of
from mist_connector.bylaws.facts import Facts
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.visibility import consented
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.declared.assembly import ItemKind
from mist_connector.declared.everything import Declared
from mist_connector.documents.assembly_notice import NoticeInput
from mist_connector.documents.assembly_outcome import ItemInput, OutcomeInput
from mist_connector.documents.assembly_sheets import Ballot, Expected, Ruled
from mist_connector.documents.figures import Day
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.people.names import read_names

from .assemblies import AssemblyRecord, ItemRecord
from .preflight import VOTED
from .reading import room_of, voted
from .record import Version

CAST = Text(fr="Suffrages exprimés", en="Votes cast")
BLANK = Text(fr="Blancs ou nuls", en="Blank or void")
_OPENS_BY_ITSELF = re.compile(
    r"access_token=|/web/(content|image)\b|[?&](token|key|sig|share)=|/share/", re.IGNORECASE
)
FOR = Text(fr="Pour", en="For")
AGAINST = Text(fr="Contre", en="Against")


def notice_input(assembly: AssemblyRecord, declared: Declared) -> NoticeInput:
    """Return what the convocation says.

    Raises MistError where a document submitted is a link that opens without an account: whoever reads the
    mailbox would have it too.
    """
    open_links = [str(item.position) for item in assembly.items if _OPENS_BY_ITSELF.search(item.paper)]
    if open_links:
        raise MistError(
            _("Points {open_links} : « Document soumis » est un lien qui s'ouvre sans compte.").format(
                open_links=", ".join(open_links)
            ),
            todo=_("notez où le lire (son titre, un endroit, un lien qui demande de se connecter)"),
        )
    settings, kinds = declared.assembly, labels_of(declared, "item_kinds")
    decision = declared.bylaws.decision(settings.electorate.decision)
    votes = any(item.kind in VOTED for item in assembly.items)
    settled = votes and decision is not None and decision.answer is not None
    proxies = settings.statutes.proxies
    return NoticeInput(
        on=assembly.on,
        hour=assembly.hour,
        place=assembly.place if assembly.place_told and not assembly.choice.secret else None,
        items=[(item.title, kinds[item.kind], item.paper) for item in assembly.items],
        who_votes=decision.in_force if decision is not None and settled else None,
        secret=_all_secret(assembly),
        carries=proxies.per_receiver if proxies else None,
        corrected=assembly.convocation.next_edition > 1,
    )


def outcome_input(
    assembly: AssemblyRecord,
    declared: Declared,
    names: Mapping[str, str],
    days: tuple[Day, ...] = (),
    minutes: Sequence[Version] = (),
) -> OutcomeInput:
    """Return what results and minutes say.

    `names`: those that may be told today, by code; `days`: the register on the days of the assemblies, this
    one last, against which the figures of this one are weighed; `minutes`: their versions, in order.
    """
    room = room_of(assembly, declared.assembly)
    quorum = declared.assembly.statutes.quorum
    votes = [(item, voted(item)) for item in assembly.items]
    standings = [watch_at(room, quorum, item.at, item.id) for _, item in votes if item.at is not None]
    present = came(room)
    given = {giver for _, item in votes if item.at for giver in carried(room, item.at, item.id)}
    labels = labels_of(declared, "item_states")
    return OutcomeInput(
        on=assembly.on,
        hour=assembly.hour,
        voters=len(room.electorate.voters),
        present=len(present),
        represented=len(given - present),
        quorum=all(each.reached for each in standings) if quorum else None,
        items=[_told(item, labels, names, declared.assembly.secret_apart) for item in assembly.items],
        next_limit=limit_after(assembly.on, declared.assembly),
        days=days,
        entitled=declared.assembly.electorate.answers.get(assembly.answer, ()),
        minutes=minutes[0].number if minutes else "",
        corrections=[(each.written_on, each.correction) for each in minutes if each.correction is not None],
    )


def expected(crm: Crm, blueprint: Blueprint, assembly: AssemblyRecord) -> tuple[Expected, ...]:
    """Return who is invited, as staff call her: her name of use, else her first name."""
    codes = sorted(each.person for each in assembly.invitees)
    identity = identity_of(blueprint)
    shown = (*identity.preferred, identity.given)
    rows = read_all(crm, "x_mist_person", ("x_name", *shown), domain=[["x_name", "in", codes]])
    names = {row["x_name"]: next((row[key] for key in shown if row[key]), "") for row in rows}
    frozen = assembly.frozen_on is not None
    return tuple(
        Expected(names[each.person], each.person, each.entitled if frozen else None)
        for each in assembly.invitees
        if each.person in names
    )


def ballots(assembly: AssemblyRecord, names: Mapping[str, str]) -> tuple[Ballot, ...]:
    """Return what is voted on; `names`: those of the candidates that may be written today."""
    voted_on = [item for item in assembly.items if item.kind in {ItemKind.RESOLUTION, ItemKind.ELECTION}]
    return tuple(
        Ballot(
            item.title,
            [names.get(each.person) for each in item.candidacies if each.accepted_on]
            if item.kind == ItemKind.ELECTION
            else None,
        )
        for item in voted_on
    )


def ruled(assembly: AssemblyRecord, declared: Declared, names: Mapping[str, str]) -> tuple[Ruled, ...]:
    """Return what became of the items, in the words of the mappings and those written for outside."""
    kinds, states = labels_of(declared, "item_kinds"), labels_of(declared, "item_states")
    offices = {each.id: each.label for each in declared.provisions.offices}
    return tuple(
        Ruled(
            kind=kinds[item.kind],
            office=offices.get(item.office or ""),
            state=states.get(item.state or "", states["refused"]),
            title=item.public,
            names=[names[each.person] for each in item.candidacies if each.elected and each.person in names],
        )
        for item in assembly.items
    )


def standing(assembly: AssemblyRecord) -> tuple[str, ...]:
    """Return the codes of all who stand for election."""
    return tuple(each.person for item in assembly.items for each in item.candidacies)


def names_to_tell(
    crm: Crm, blueprint: Blueprint, codes: Iterable[str], people: Mapping[str, Facts], *, on: date
) -> dict[str, str]:
    """Return the names of those whose consent covers a paper for members on this day, as far as it goes."""
    found = {code: consented(people[code].consents, on) for code in codes}
    namings = {code: naming for code, naming in found.items() if naming is not None}
    return read_names(crm, blueprint, namings)


def elected(assembly: AssemblyRecord) -> tuple[str, ...]:
    """Return the codes of all who are elected."""
    return tuple(each.person for item in assembly.items for each in item.candidacies if each.elected)


def _all_secret(assembly: AssemblyRecord) -> bool:
    elections = [item.secret for item in assembly.items if item.kind == ItemKind.ELECTION]
    return bool(elections) and all(elections)


def came(room: Room) -> frozenset[str]:
    """Return who of those with a vote came at any time."""
    return frozenset(room.stays) & room.electorate.voters


def carried(room: Room, moment: time, item: str) -> set[str]:
    """Return whose vote somebody else carried at a moment, for an item."""
    hands = room.hands(moment, item)
    return {giver for giver, hand in hands.items() if giver != hand}


def _told(item: ItemRecord, labels: Mapping[str, Text], names: Mapping[str, str], apart: int) -> ItemInput:
    winners = [each for each in item.candidacies if each.elected]
    named = sorted(names[each.person] for each in winners if each.person in names)
    counted = voted(item)
    may_tell = counted.tally is not None and (not item.secret or tells_nobody(counted.tally, apart=apart))
    figures = _figures(item) if may_tell else ()
    return ItemInput(
        title=item.title,
        state=labels.get(item.state or "", labels["refused"]),
        names=named,
        unnamed=len(winners) - len(named),
        votes=figures,
        hidden=counted.tally is not None and not may_tell and item.kind != ItemKind.PRESENTATION,
        follow_up=item.follow_up,
        due_on=item.due_on,
        refused=item.state == "refused",
    )


def _figures(item: ItemRecord) -> tuple[tuple[Text, int], ...]:
    """Return the disjoint figures of a count; of an election, only how many voted."""
    if item.kind == ItemKind.RESOLUTION:
        return ((FOR, item.votes_for), (AGAINST, item.votes_against), (BLANK, item.blank))
    return ((CAST, item.ballots - item.blank), (BLANK, item.blank))


def labels_of(declared: Declared, name: str) -> dict[str, Text]:
    """Return the labels of a vocabulary, by id."""
    return {choice.id: choice.label for choice in declared.vocabularies[name]}
