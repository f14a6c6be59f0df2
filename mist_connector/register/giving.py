"""Functions given by the account that installs: the first ones, before anybody of direction can give any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.crm.batches import QUIET
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import DeclarationError, Problem, ServerFailed
from mist_connector.language import _

from .proposing import columns_of
from .rows import Row

ACTION = "give_functions"
PERSON = "person"


@dataclass(frozen=True)
class Given:
    """How many functions are new or change; `different`: codes of those that an import leaves as they are."""

    new: int
    changed: int
    same: int
    different: tuple[str, ...]


def give_functions(
    crm: Crm, table: RegisterTable, rows: Sequence[Row], blueprint: Blueprint, *, asking: bool
) -> Given:
    """Let the CRM create the functions that it lacks and change those that ended, in one transaction.

    `asking`: only say how many. The account reads neither people nor functions: the CRM finds them by their
    codes. Raises DeclarationError for a code of nobody, WriteRefused where the bylaws refuse a function.
    """
    wanted = [_wanted(row, table, blueprint) for row in rows]
    action = find_server_action(crm, blueprint.model(table.model).technical, ACTION)
    may = [column.column for column in columns_of(table, blueprint) if column.key in table.updates]
    context = {**QUIET, "mist_functions": wanted, "mist_updates": may, "mist_only_asking": asking}
    answer = crm.call("ir.actions.server", "run", ids=[action], context=context)
    if not isinstance(answer, dict):
        raise ServerFailed(_("Le CRM n’a rien répondu à ce qui lui était demandé."), todo=_("relancez"))
    if answer["unknown"]:
        raise DeclarationError(_unknown(rows, set(answer["unknown"])))
    new, changed, different = answer["new"], answer["changed"], tuple(sorted(answer["different"]))
    return Given(new, changed, len(rows) - new - changed - len(different), different)


def _wanted(row: Row, table: RegisterTable, blueprint: Blueprint) -> dict[str, Any]:
    columns = {column.key: column.column for column in columns_of(table, blueprint)}
    values = {
        columns[key]: str(value) if value is not None else False
        for key, value in row.values.items()
        if key != PERSON and (key != NAME or value is not None)
    }
    return {"person": row.values[PERSON], "values": values}


def _unknown(rows: Sequence[Row], codes: set[Any]) -> list[Problem]:
    return [
        Problem(
            row.place,
            _("code inconnu « {value} » : importez d’abord les personnes").format(value=row.values[PERSON]),
            "",
        )
        for row in rows
        if row.place is not None and row.values[PERSON] in codes
    ]
