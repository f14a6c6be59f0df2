"""Many tables in one request: a server action of ours reads them, with the rights of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.errors import AccessRefused

from .batches import PAGE, Row, read_all
from .port import Crm, Domain
from .server_actions import find_server_action

ACTION = "read_together"


@dataclass(frozen=True)
class Wanted:
    """What is to be read: the technical name of a model, its columns, and which records."""

    model: str
    columns: tuple[str, ...]
    domain: Domain = ()


def read_together(crm: Crm, wanted: Sequence[Wanted], blueprint: Blueprint) -> list[list[Row] | None]:
    """Return the rows of each table in the order of their ids, links as ids; None where she may not read it.

    A request brings so many rows at most and says where it stopped: nothing is cut. With an account that may
    not run the action, each table is a request.
    """
    try:
        action = find_server_action(crm, blueprint.model("person").technical, ACTION)
    except AccessRefused:
        return [_alone(crm, each) for each in wanted]
    found: list[list[Row] | None] = [[] for _ in wanted]
    waiting = list(range(len(wanted)))
    while waiting:
        asked = [_asked(wanted[place], found[place] or []) for place in waiting]
        context = {"mist_tables": asked, "mist_most": PAGE}
        answers = crm.call("ir.actions.server", "run", ids=[action], context=context)["tables"]
        left = []
        for place, (state, rows) in zip(waiting, answers, strict=True):
            if state == "refused":
                found[place] = None
                continue
            found[place] = [*(found[place] or []), *rows]
            if state != "whole":
                left.append(place)
        waiting = left
    return found


def _asked(wanted: Wanted, so_far: Sequence[Row]) -> tuple[str, list[object], list[str]]:
    after = [["id", ">", so_far[-1]["id"]]] if so_far else []
    return wanted.model, [*wanted.domain, *after], list(wanted.columns)


def _alone(crm: Crm, wanted: Wanted) -> list[Row] | None:
    try:
        return read_all(crm, wanted.model, wanted.columns, domain=wanted.domain)
    except AccessRefused:
        return None
