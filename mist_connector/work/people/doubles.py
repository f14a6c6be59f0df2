"""What the CRM holds twice, from before it refused that: found by code, made one on consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.batches import QUIET
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import AccessRefused

PEOPLE = "person"
FIND, MERGE = "find_doubles", "merge_doubles"


@dataclass(frozen=True)
class Double:
    """Records of one model that tell the same, by code; the first is the one recorded first.

    `different`: the labels of fields in which they differ all the same; a merge leaves them as they are.
    """

    model: str
    codes: tuple[str, ...]
    different: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merged:
    """What a merge made one, and what it left: they differ, or a rule of the bylaws refuses it."""

    merged: tuple[Double, ...]
    left: tuple[Double, ...]


def find_doubles(crm: Crm, blueprint: Blueprint) -> tuple[Double, ...]:
    """Return what is recorded twice; nothing where the CRM, deployed before, does not know identities yet."""
    try:
        answer = _run(crm, blueprint, FIND)
    except AccessRefused:
        return ()
    return tuple(Double(_key(model), tuple(codes)) for model, codes in answer["doubles"])


def merge_doubles(crm: Crm, blueprint: Blueprint) -> Merged:
    """Have the CRM make one of what is recorded twice, some in each transaction."""
    merged: list[Double] = []
    while True:
        answer = _run(crm, blueprint, MERGE)
        merged.extend(Double(_key(model), (kept, other)) for model, kept, other in answer["merged"])
        if not answer["more"]:
            break
    left = (
        Double(_key(model), (kept, other), tuple(fields)) for model, kept, other, fields in answer["left"]
    )
    return Merged(tuple(merged), tuple(left))


def _run(crm: Crm, blueprint: Blueprint, key: str) -> dict[str, Any]:
    action = find_server_action(crm, blueprint.model(PEOPLE).technical, key)
    answer: dict[str, Any] = crm.call("ir.actions.server", "run", ids=[action], context=dict(QUIET))
    return answer


def _key(technical: str) -> str:
    return technical.removeprefix("x_mist_")
