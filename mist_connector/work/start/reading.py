"""Read how far a CRM is: accounts, groups and mail settings, nothing of the register."""

from __future__ import annotations

from collections.abc import Collection

from mist_connector.blueprint.hardening import Hardening
from mist_connector.blueprint.records import MODULE
from mist_connector.crm.port import Crm
from mist_connector.work.module.lacking import FRENCH

from .accounts import RUN_GROUP, Account
from .progress import Progress
from .sender import differences, read_company, read_mail_servers

DIRECTION_GROUP = f"{MODULE}.group_direction"
TEAM_GROUPS = (DIRECTION_GROUP, f"{MODULE}.group_staff", f"{MODULE}.group_office")


def read_progress(crm: Crm, hardening: Hardening, *, placeholder: str) -> Progress:
    """Read how far the CRM is, in at most six requests; nothing is written.

    Raises AccessRefused for an account that does not administer the CRM.
    """
    servers = read_mail_servers(crm)
    differs = differences(read_company(crm), servers, hardening, placeholder=placeholder)
    french = bool(crm.call("res.lang", "search_count", domain=[["code", "=", FRENCH]]))
    groups = _group_ids(crm)
    if not groups:
        return Progress(french, deployed=False, mail_servers=servers, sender_differs=differs)
    run = _members(crm, groups, (RUN_GROUP,))
    team = _members(crm, groups, TEAM_GROUPS)
    direction = _members(crm, groups, (DIRECTION_GROUP,))
    return Progress(
        french,
        deployed=True,
        mail_servers=servers,
        sender_differs=differs,
        run_accounts=run,
        direction=direction,
        team=team,
        keyed=_keyed(crm, [account.id for account in direction]),
    )


def _members(crm: Crm, groups: dict[str, int], names: Collection[str]) -> tuple[Account, ...]:
    wanted = sorted(groups[name] for name in names if name in groups)
    rows = crm.call(
        "res.users",
        "search_read",
        domain=[["all_group_ids", "in", wanted], ["share", "=", False]],
        fields=["login", "email", "login_date"],
        order="login",
    )
    return tuple(
        Account(row["id"], row["login"], row["email"] or "", bool(row["login_date"])) for row in rows
    )


def _keyed(crm: Crm, accounts: list[int]) -> frozenset[int]:
    """Return which of the accounts have an API key."""
    rows = crm.call(
        "res.users.apikeys", "search_read", domain=[["user_id", "in", accounts]], fields=["user_id"]
    )
    return frozenset(row["user_id"][0] for row in rows)


def _group_ids(crm: Crm) -> dict[str, int]:
    """Return the groups of ours that are deployed, by external id."""
    domain = [["module", "=", MODULE], ["model", "=", "res.groups"]]
    rows = crm.call("ir.model.data", "search_read", domain=domain, fields=["name", "res_id"])
    return {f"{MODULE}.{row['name']}": row["res_id"] for row in rows}
