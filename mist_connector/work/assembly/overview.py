"""Where all assemblies stand: their days, the limit of the next one, requests of staff, the current one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.assembly.room import Room
from mist_connector.assembly.terms import is_recalled, limit_after
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.declared.assembly import ItemKind
from mist_connector.declared.everything import Declared

from .assemblies import MANDATE, AssemblyRecord
from .context import AssemblyContext
from .days import AssemblyDay, assembly_days, current_assembly
from .progress import Progress, progress
from .reading import room_of
from .record import versions
from .writing import asked_for


@dataclass(frozen=True)
class Overview:
    """Every assembly; `limit`: the last day for the next one; `recalled`: it is near, or past.

    `asked`: what staff asked for by the buttons; `without_ballot`: codes of mandates that no election led to;
    `current`: the assembly at work, `how_far` it is, and its `room` once its list is frozen.
    """

    days: tuple[AssemblyDay, ...]
    limit: date | None
    recalled: bool
    asked: Sequence[tuple[int, str, str]]
    without_ballot: tuple[str, ...]
    current: AssemblyRecord | None = None
    how_far: Progress | None = None
    room: Room | None = None


def read_overview(crm: Crm, rules: Declared, *, code: str | None, today: date) -> Overview:
    """Read where all assemblies stand; `code`: the one to look at, None: the current one."""
    days = assembly_days(crm)
    held = [each.on for each in days if each.is_over]
    limit = limit_after(held[-1], rules.assembly) if held else None
    current = _current(crm, rules, days, code=code, today=today) if days else None
    return Overview(
        days=days,
        limit=limit,
        recalled=limit is not None and is_recalled(limit, rules.assembly, on=today),
        asked=asked_for(crm),
        without_ballot=mandates_without_ballot(crm, _elective(rules), since=held[0]) if held else (),
        current=current.assembly if current else None,
        how_far=_how_far(current) if current else None,
        room=_room(current) if current else None,
    )


def _elective(rules: Declared) -> list[str]:
    elections = [each for each in rules.assembly.items if each.kind is ItemKind.ELECTION]
    return [each.office for each in elections if each.office is not None]


def mandates_without_ballot(crm: Crm, offices: Sequence[str], *, since: date) -> tuple[str, ...]:
    """Return the codes of the mandates of these offices, begun since a day, that no election led to.

    The CRM refuses any such mandate; those that it held before it knew the rule are still there.
    """
    domain: list[list[object]] = [["x_office", "in", list(offices)], ["x_since", ">=", since.isoformat()]]
    domain += [["x_candidacy_id", "=", False], ["x_replaces_id", "=", False]]
    return tuple(row["x_name"] for row in read_all(crm, MANDATE, ["x_name"], domain=domain))


def _current(
    crm: Crm, rules: Declared, days: Sequence[AssemblyDay], *, code: str | None, today: date
) -> AssemblyContext:
    shown = current_assembly(days, code)
    return AssemblyContext.read(crm, rules, code=shown.code, today=today)


def _how_far(context: AssemblyContext) -> Progress:
    made = versions(context.crm, context.assembly)
    return progress(context.assembly, context.rules, made, today=context.today)


def _room(context: AssemblyContext) -> Room | None:
    if context.assembly.frozen_on is None:
        return None
    return room_of(context.assembly, context.rules.assembly)
