"""Doors that accounts are: who administers the CRM, who is in our groups, and who has more than it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.records import MODULE
from mist_connector.crm.port import Crm

from .finding import Closing, SecurityFinding, Trace, trace_of

MOST_HOLDERS = 2
SETTINGS, ACCESS_RIGHTS = "base.group_system", "base.group_erp_manager"
EXPORT, TECHNICAL = "base.group_allow_export", "base.group_no_one"
# What those of these write, the CRM runs as code, or shows to others as it is.
EDITOR, UNCLEANED = "mail.group_mail_template_editor", "base.group_sanitize_override"
CONNECTOR, DIRECTION = f"{MODULE}.group_connector", f"{MODULE}.group_direction"
# What the connector's account needs beside its own group; whatever these bring with them goes along.
ENOUGH = ("base.group_user", "base.group_partner_manager", CONNECTOR)


@dataclass(frozen=True)
class Account:
    """An account with the groups that it is in, by external id; `own` without what they bring along."""

    id: int
    login: str
    active: bool
    groups: frozenset[str]
    own: frozenset[str]
    trace: Trace

    @property
    def ours(self) -> tuple[str, ...]:
        """The groups of ours that it is in."""
        return tuple(sorted(filter(_is_ours, self.groups)))


@dataclass(frozen=True)
class Holders:
    """Every account, the groups by external id, and all that each group brings along."""

    accounts: tuple[Account, ...]
    groups: Mapping[str, int]
    enough: frozenset[str]
    brings: Mapping[str, frozenset[str]]

    def findings(self) -> Iterator[SecurityFinding]:
        """Yield what is wrong with who holds what."""
        yield from self._too_many()
        for account in self.accounts:
            yield from self._of(account)

    def _of(self, account: Account) -> Iterator[SecurityFinding]:
        login, groups, ours = account.login, account.groups, account.ours
        if ours and groups & {SETTINGS, ACCESS_RIGHTS}:
            what = f"le compte {login} administre le CRM et ouvre le registre"
            yield self._out(account, "both", what, "donnez-lui deux comptes", ours)
        if ours and not account.active:
            what = f"le compte archivé {login} est encore dans {', '.join(ours)}"
            yield self._out(account, "archived_member", what, "mist sync", ours)
        if not account.active:
            return
        if EXPORT in groups and not groups & {SETTINGS, DIRECTION}:
            what = f"le compte {login} peut exporter sans être de la direction"
            yield self._out(account, "exports", what, "retirez-lui le droit d'exporter", (EXPORT,))
        if TECHNICAL in groups and SETTINGS not in groups:
            what = f"le compte {login} a les fonctions techniques, dont les refus nomment les fiches"
            yield self._out(account, "technical", what, "retirez-les-lui", (TECHNICAL,))
        written = tuple(sorted(groups & {EDITOR, UNCLEANED}))
        if written and SETTINGS not in groups:
            what = f"le compte {login} écrit des modèles ou des pages qui s'exécutent"
            yield self._out(account, "writes_code", what, "retirez-lui ce droit", written)
        more = sorted(groups - self.enough) if CONNECTOR in groups else []
        if more:
            what = f"le compte du connecteur {login} a plus qu'il ne lui faut : {', '.join(more)}"
            yield self._out(account, "connector_rights", what, "retirez-le-lui", tuple(more))

    def _out(
        self, account: Account, kind: str, what: str, mend: str, names: tuple[str, ...]
    ) -> SecurityFinding:
        """Return a finding that is closed by taking the account out of groups that it is directly in."""
        leave = [[3, self.groups[name]] for name in names if name in account.own]
        closing = Closing.WRITE if leave else Closing.HAND
        values = {"group_ids": leave}
        through = sorted(
            {giver for giver in account.own for name in names if name in self.brings.get(giver, ())}
        )
        if through and len(leave) < len(names):
            mend += f" : ce droit lui vient par {', '.join(through)}, retirez-le de ce groupe, ou mist apply"
        return SecurityFinding(kind, what, mend, closing, "res.users", account.id, values, account.trace)

    def _too_many(self) -> Iterator[SecurityFinding]:
        active = [account for account in self.accounts if account.active]
        settings = [each for each in active if SETTINGS in each.groups]
        access = [each for each in active if ACCESS_RIGHTS in each.groups and each not in settings]
        connectors = [each for each in active if CONNECTOR in each.groups]
        for kind, holders, most in (
            ("settings", settings, MOST_HOLDERS),
            ("access_rights", access, MOST_HOLDERS),
            ("connectors", connectors, 1),
        ):
            if len(holders) > most:
                logins = ", ".join(sorted(each.login for each in holders))
                what = f"{len(holders)} comptes là où {most} suffisent ({kind}) : {logins}"
                latest = max(holders, key=lambda each: each.id).trace
                mend = "retirez ce droit à qui n'en a pas besoin"
                yield SecurityFinding(kind, what, mend, model="res.users", trace=latest)


def read_holders(crm: Crm) -> Holders:
    """Return who holds what, in three requests."""
    groups = {row_id: name for name, row_id in group_ids(crm).items()}
    numbers = {name: row_id for row_id, name in groups.items()}
    rows = crm.call(
        "res.users",
        "search_read",
        domain=[],
        fields=["login", "active", "all_group_ids", "group_ids", "write_uid", "write_date"],
        context={"active_test": False},
    )
    accounts = tuple(_account(row, groups) for row in rows)
    brought = crm.call("res.groups", "search_read", domain=[], fields=["all_implied_ids"])
    brings = {
        groups.get(row["id"], f"groupe n° {row['id']}"): frozenset(
            groups[each] for each in row["all_implied_ids"] if each in groups and each != row["id"]
        )
        for row in brought
    }
    enough = {each for name in ENOUGH for each in brings.get(name, ())}
    # Should a hand have made one of these come along, it is too much all the same.
    never = {
        SETTINGS,
        ACCESS_RIGHTS,
        EXPORT,
        TECHNICAL,
        EDITOR,
        UNCLEANED,
        *(name for name in numbers if _is_ours(name)),
    }
    return Holders(accounts, numbers, frozenset({*ENOUGH, *(enough - never)}), brings)


def group_ids(crm: Crm) -> dict[str, int]:
    """Return the number of each group, by external id; a group that a hand made has a name for itself."""
    fields = ["module", "name", "res_id"]
    rows = crm.call("ir.model.data", "search_read", domain=[["model", "=", "res.groups"]], fields=fields)
    return {f"{row['module']}.{row['name']}": row["res_id"] for row in rows}


def _is_ours(name: str) -> bool:
    return name.startswith(f"{MODULE}.")


def _account(row: Mapping[str, Any], groups: Mapping[int, str]) -> Account:
    return Account(
        row["id"],
        row["login"] or "",
        row["active"],
        frozenset(groups.get(each, f"groupe n° {each}") for each in row["all_group_ids"]),
        frozenset(groups[each] for each in row["group_ids"] if each in groups),
        trace_of(row),
    )
