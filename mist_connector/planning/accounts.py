"""Accounts and their access groups, against the functions in force today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.bylaws.facts import Function
from mist_connector.bylaws.in_force import lasts_on
from mist_connector.bylaws.text import Text

from .people import AccountAct, AccountChange


@dataclass(frozen=True)
class Account:
    """An account as the CRM holds it; `groups` are ours only, by the role that they go with.

    A protected one belongs to an administrator or to the connector: it is never touched.
    """

    id: int
    login: str
    active: bool
    groups: frozenset[str]
    protected: bool = False


@dataclass(frozen=True)
class HeldFunction:
    """A function, its record, and the account that it was given."""

    id: int
    function: Function
    account: int | None


def plan_accounts(
    functions: Sequence[HeldFunction], accounts: Sequence[Account], *, on: date
) -> tuple[tuple[AccountChange, ...], tuple[Text, ...]]:
    """Return what is to be done, and a sentence for everything that is left alone."""
    alone: list[Text] = []
    changes = list(_changes(functions, accounts, on, alone))
    return tuple(sorted(changes, key=lambda change: change.login)), tuple(alone)


def _changes(
    functions: Sequence[HeldFunction], accounts: Sequence[Account], on: date, alone: list[Text]
) -> Iterator[AccountChange]:
    by_id = {account.id: account for account in accounts}
    by_login = {account.login: account for account in accounts}
    held: dict[int, list[HeldFunction]] = defaultdict(list)
    opening: dict[str, list[HeldFunction]] = defaultdict(list)
    for each in functions:
        account = by_id.get(each.account or 0) or by_login.get(each.function.login)
        if each.account is not None and account is not None:
            held[account.id].append(each)
        elif not lasts_on(each.function, on):
            continue
        elif not each.function.login:
            alone.append(_without_login(each.function))
        elif account is None:
            opening[each.function.login].append(each)
        else:
            held[account.id].append(each)
    yield from (_opened(login, found) for login, found in opening.items())
    for account in accounts:
        yield from _aligned(account, held.get(account.id, ()), on, alone)


def _opened(login: str, functions: Sequence[HeldFunction]) -> AccountChange:
    roles = _roles(functions)
    ids = tuple(each.id for each in functions)
    return AccountChange(login, AccountAct.OPEN, before=(), after=roles, functions=ids)


def _aligned(
    account: Account, functions: Sequence[HeldFunction], on: date, alone: list[Text]
) -> Iterator[AccountChange]:
    current = [each for each in functions if lasts_on(each.function, on)]
    roles, linked = _roles(current), all(each.account == account.id for each in functions)
    right = account.groups == set(roles) and linked and (not functions or account.active == bool(current))
    if right:
        return
    if account.protected:
        alone.append(_protected(account))
        return
    act = AccountAct.REVOKE if not functions else AccountAct.ALIGN if current else AccountAct.CLOSE
    ids = tuple(each.id for each in current if each.account is None)
    before = tuple(sorted(account.groups))
    yield AccountChange(account.login, act, before, roles, account=account.id, functions=ids)


def _roles(functions: Iterable[HeldFunction]) -> tuple[str, ...]:
    return tuple(sorted({each.function.role for each in functions}))


def _without_login(function: Function) -> Text:
    return Text(
        fr=f"la fonction {function.code} n'a pas d'identifiant : aucun compte n'est créé",
        en=f"function {function.code} has no login: no account is made",
    )


def _protected(account: Account) -> Text:
    return Text(
        fr=f"le compte {account.login} est celui d'une administration ou du connecteur : il n'est pas touché",
        en=f"account {account.login} belongs to an administrator or the connector: it is not touched",
    )


def groups_by_account(members: Mapping[str, Iterable[int]]) -> dict[int, frozenset[str]]:
    """Return our groups of each account, from the members of each group."""
    found: dict[int, set[str]] = defaultdict(set)
    for group, accounts in members.items():
        for account in accounts:
            found[account].add(group)
    return {account: frozenset(groups) for account, groups in found.items()}
