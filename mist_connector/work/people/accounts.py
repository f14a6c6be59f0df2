"""Accounts of the CRM and their groups: read as anybody may, changed by the CRM's own code only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.records import MODULE
from mist_connector.bylaws.sync_limits import ByHand
from mist_connector.crm.batches import QUIET, Row, read_all
from mist_connector.crm.external_ids import external_ids
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import AccessRefused
from mist_connector.language import _
from mist_connector.planning.accounts import Account
from mist_connector.planning.people import AccountAct, AccountChange

ACTION = "align_accounts"
NAMING = "name_accounts"  # deployed only where accounts bear codes (Q27)
CONNECTOR = "connector"
# Whoever holds one of these administers the CRM.
ADMINISTRATORS = ("base.group_system", "base.group_erp_manager")


@dataclass(frozen=True)
class Accounts:
    """The CRM's accounts, and the contacts that belong to them."""

    accounts: tuple[Account, ...]
    contacts: frozenset[int]


def read_accounts(crm: Crm, blueprint: Blueprint) -> Accounts:
    """Read every account with those of our groups that it has, in three requests."""
    rows = crm.call("res.groups", "search_read", domain=[], fields=["implied_ids"])
    groups = external_ids(crm, "res.groups", [row["id"] for row in rows])
    ours = _our_roles(groups, blueprint)
    giving = _giving(rows, ours)
    protected = {row_id for row_id, name in groups.items() if name in {*ADMINISTRATORS, _named(CONNECTOR)}}
    columns = ["login", "name", "active", "group_ids", "all_group_ids", "partner_id"]
    users = read_all(crm, "res.users", columns, archived=True)
    accounts = tuple(
        Account(
            id=row["id"],
            login=row["login"],
            active=row["active"],
            groups=frozenset(ours[group] for group in row["group_ids"] if group in ours),
            through=_through(row, ours, giving, groups),
            name=row["name"] or "",
            protected=bool(protected & set(row["all_group_ids"])) or row["id"] == crm.uid(),
        )
        for row in users
    )
    return Accounts(accounts, frozenset(row["partner_id"] for row in users))


def apply_accounts(
    crm: Crm, blueprint: Blueprint, changes: Sequence[AccountChange], *, by_hand: ByHand = ByHand.UNDO
) -> None:
    """Let the CRM bring the accounts of a plan in line, in one transaction.

    It is told which ones, and works out by itself what becomes of them. Raises AccessRefused where some are
    not in line afterwards.
    """
    if not changes:
        return
    functions = blueprint.model("function").technical
    moved = [change for change in changes if change.act is not AccountAct.RENAME]
    coded = [change for change in changes if change.coded]
    for key, those in ((ACTION, moved), (NAMING, coded)):
        if those:
            action = find_server_action(crm, functions, key)
            payload = {"mist_by_hand": by_hand.value, **_records(those)}
            crm.call("ir.actions.server", "run", ids=[action], context={**QUIET, **payload})
    _verify(crm, blueprint, changes)


def _records(changes: Sequence[AccountChange]) -> dict[str, list[int]]:
    """Return the records that changes are about."""
    return {
        "mist_functions": [each for change in changes for each in change.functions],
        "mist_accounts": [change.account for change in changes if change.account is not None],
    }


def _verify(crm: Crm, blueprint: Blueprint, changes: Sequence[AccountChange]) -> None:
    held = {account.login: account for account in read_accounts(crm, blueprint).accounts}
    wrong = [change.login for change in changes if not _made(change, held.get(change.login))]
    if wrong:
        raise AccessRefused(
            _("Le CRM n'a pas aligné ces comptes : {wrong}.").format(wrong=", ".join(wrong)),
            todo=_("vérifiez leurs fonctions dans le CRM, puis relancez « mist sync »"),
        )


def _made(change: AccountChange, account: Account | None) -> bool:
    if account is None or account.groups != set(change.after):
        return False
    return not change.coded or account.name in change.people


def _giving(rows: Sequence[Row], ours: Collection[int]) -> dict[int, frozenset[int]]:
    """Return the groups of ours that each other group brings along, however far behind it."""
    implied = {row["id"]: set(row["implied_ids"]) for row in rows}
    found: dict[int, frozenset[int]] = {}
    for row_id in implied.keys() - set(ours):
        behind, left = set[int](), [row_id]
        while left:
            new = implied.get(left.pop(), set()) - behind
            behind |= new
            left.extend(new)
        found[row_id] = frozenset(behind & set(ours))
    return found


def _through(
    row: Row, ours: Mapping[int, str], giving: Mapping[int, frozenset[int]], names: Mapping[int, str]
) -> tuple[tuple[str, str], ...]:
    """Return the roles that an account has through other groups, each with the name of such a group."""
    found = {
        (ours[given], names.get(group) or f"n° {group}")
        for group in row["group_ids"]
        for given in giving.get(group, ())
    }
    return tuple(sorted(found))


def _our_roles(groups: dict[int, str], blueprint: Blueprint) -> dict[int, str]:
    """Return the groups that go with roles, by their numbers."""
    roles = [choice.id for choice in blueprint.vocabularies["functions"]]
    keys = {_named(role): role for role in roles}
    return {row_id: keys[name] for row_id, name in groups.items() if name in keys}


def _named(key: str) -> str:
    return f"{MODULE}.group_{key}"
