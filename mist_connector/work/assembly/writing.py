"""What the commands write of an assembly: each step can be cut anywhere and run again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.assembly.closing import Ruling, State
from mist_connector.assembly.electorate import Electorate
from mist_connector.bylaws.text import Text
from mist_connector.crm.batches import create_all, create_once, read_all, write_all, write_each
from mist_connector.crm.port import Crm

from .assemblies import ASSEMBLY, CANDIDACY, INVITEE, ITEM, MANDATE, AssemblyRecord, ItemRecord


@dataclass(frozen=True)
class NewItem:
    """An item to put on the agenda."""

    title: Text
    kind: str
    office: str | None = None
    secret: bool = False


@dataclass(frozen=True)
class Place:
    """Where an assembly is held, whether documents may say it, from which day on, or never, on purpose."""

    where: str = ""
    told: bool = False
    since: date | None = None
    secret: bool = False


def create_assembly(
    crm: Crm, *, on: date, hour: str, place: Place, items: Sequence[NewItem], by: str | None = None
) -> int:
    """Record an assembly with its agenda, in one request; return the number of its record.

    `by`: who convenes, among the conveners of the vocabularies.
    """
    values = {
        "x_on": on.isoformat(),
        "x_hour": hour,
        "x_place": place.where or False,
        "x_place_told": place.told,
        "x_place_secret": place.secret,
        "x_place_from": place.since.isoformat() if place.since else False,
        "x_convened_by": by or False,
        "x_state": "planned",
        "x_item_ids": [[0, 0, _item(item, position)] for position, item in enumerate(items, start=1)],
    }
    [row_id] = create_all(crm, ASSEMBLY, [values])
    return row_id


def _item(item: NewItem, position: int) -> dict[str, object]:
    return {
        "x_position": position,
        "x_title": item.title.fr,
        "x_title_en": item.title.en,
        "x_kind": item.kind,
        "x_office": item.office or False,
        "x_secret": item.secret,
    }


def asked_for(crm: Crm) -> list[tuple[int, str, str]]:
    """Return the assemblies for which staff asked something: their record, their code, and what."""
    rows = read_all(crm, ASSEMBLY, ["x_name", "x_asked"], domain=[["x_asked", "!=", False]])
    return [(row["id"], row["x_name"], row["x_asked"]) for row in rows]


def say_done(crm: Crm, row_id: int, said: str) -> None:
    """Answer whoever asked: what came of it."""
    write_all(crm, ASSEMBLY, [row_id], {"x_asked": False, "x_told": said})


def invite(crm: Crm, assembly: AssemblyRecord, people: Iterable[str], ids: Mapping[str, int]) -> int:
    """Record an invitation for each of the people who has none yet; return how many."""
    known = {each.person for each in assembly.invitees}
    missing = sorted(set(people) - known)
    rows = {ids[code]: {"x_assembly_id": assembly.id, "x_person_id": ids[code]} for code in missing}
    create_once(crm, INVITEE, rows, lambda: _invited(crm, assembly))
    return len(missing)


def _invited(crm: Crm, assembly: AssemblyRecord) -> set[int]:
    domain = [["x_assembly_id", "=", assembly.id]]
    return {row["x_person_id"] for row in read_all(crm, INVITEE, ["x_person_id"], domain=domain)}


def begin_edition(crm: Crm, assembly: AssemblyRecord) -> None:
    """Note, before any mail of it is recorded, what this edition of the convocation says."""
    told = assembly.convocation
    if told.next_edition != told.edition:
        values = {
            "x_said": told.says,
            "x_said_day": assembly.on.isoformat(),
            "x_edition": told.next_edition,
        }
        write_all(crm, ASSEMBLY, [assembly.id], values)


def note_checked(crm: Crm, assembly: AssemblyRecord) -> None:
    """Note for which content staff were told who would get the convocation."""
    write_all(crm, ASSEMBLY, [assembly.id], {"x_checked": assembly.convocation.says})


def mark_convened(crm: Crm, assembly: AssemblyRecord, *, on: date, reached: int) -> None:
    """Note that the convocation has left, and how many people got it by mail."""
    values: dict[str, object] = {
        "x_convened_on": (assembly.convened_on or on).isoformat(),
        "x_said_to": reached,
        "x_checked": False,
    }
    if assembly.state == "planned":
        values["x_state"] = "convened"
    write_all(crm, ASSEMBLY, [assembly.id], values)


def write_electorate(crm: Crm, assembly: AssemblyRecord, electorate: Electorate) -> None:
    """Note who has a vote, then seal the list and open the assembly."""
    for entitled in (True, False):
        wrong = [
            each.id
            for each in assembly.invitees
            if (each.person in electorate.voters) is entitled and each.entitled is not entitled
        ]
        write_all(crm, INVITEE, wrong, {"x_entitled": entitled})
    values = {
        "x_frozen_on": electorate.on.isoformat(),
        "x_answer": electorate.answer,
        "x_seal": electorate.seal,
        "x_state": "open",
    }
    write_all(crm, ASSEMBLY, [assembly.id], values)


def write_rulings(
    crm: Crm, assembly: AssemblyRecord, rulings: Sequence[Ruling], ids: Mapping[str, int]
) -> tuple[int, int]:
    """Write the results, then the mandates of those elected; return how many mandates and second rounds.

    A mandate is made once: its candidacy knows the one that a run that was cut has made, and the CRM takes no
    second one.
    """
    by_id = {str(item.id): item for item in assembly.items}
    changed = {
        by_id[ruling.item].id: {"x_state": ruling.state.value, "x_reason": ruling.reason[:500]}
        for ruling in rulings
        if (by_id[ruling.item].state, by_id[ruling.item].reason) != (ruling.state, ruling.reason[:500])
    }
    write_each(crm, ITEM, changed)
    made = sum(_install(crm, by_id[each.item], each, ids) for each in rulings if each.state is State.ELECTED)
    pending = [each for each in rulings if each.state is State.RUN_OFF]
    again = sum(_second_round(crm, assembly, by_id[each.item], each, ids) for each in pending)
    return made, again


def _install(crm: Crm, item: ItemRecord, ruling: Ruling, ids: Mapping[str, int]) -> int:
    """Give those elected their mandates, each linked to the candidacy that it comes from."""
    standing = [each for each in item.candidacies if each.person in ruling.elected]
    write_all(crm, CANDIDACY, [each.id for each in standing if not each.elected], {"x_elected": True})
    waiting = [each for each in standing if each.mandate is None]
    if not waiting or ruling.term is None:
        return 0
    rows = [
        {
            "x_person_id": ids[each.person],
            "x_office": item.office,
            "x_since": ruling.term.since.isoformat(),
            "x_until": ruling.term.until.isoformat() if ruling.term.until else False,
            "x_accepted_on": each.accepted_on.isoformat() if each.accepted_on else False,
            "x_candidacy_id": each.id,
        }
        for each in waiting
    ]
    return len(create_all(crm, MANDATE, rows))


def _second_round(
    crm: Crm, assembly: AssemblyRecord, item: ItemRecord, ruling: Ruling, ids: Mapping[str, int]
) -> int:
    """Put the second round of an election on the agenda, once; return how many were added."""
    if any(each.second_round and each.office == item.office for each in assembly.items):
        return 0
    accepted = {each.person: each.accepted_on for each in item.candidacies}
    candidacies = [
        {
            "x_person_id": ids[code],
            "x_accepted_on": day.isoformat() if (day := accepted[code]) else False,
        }
        for code in ruling.run_off
    ]
    position = max(each.position for each in assembly.items) + 1
    title = Text(fr=f"{item.title.fr} : second tour", en=f"{item.title.en}: second round")
    values = _item(NewItem(title, item.kind, item.office, item.secret), position)
    behind = {"x_candidacie_ids": [[0, 0, each] for each in candidacies]}
    row = {**values, **behind, "x_assembly_id": assembly.id, "x_second_round": True}
    return len(create_all(crm, ITEM, [row]))
