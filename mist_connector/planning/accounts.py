"""Accounts and their access groups, against the functions in force today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mist_connector.bylaws.facts import Function
from mist_connector.bylaws.in_force import lasts_on
from mist_connector.bylaws.sync_limits import ByHand
from mist_connector.bylaws.text import Text

from .people import AccountAct, AccountChange


@dataclass(frozen=True)
class Account:
    """An account as the CRM holds it; `groups` are ours only, by the role that they go with.

    A protected one belongs to an administrator or to the connector: it is never touched. `through`: those of
    ours that come with another group, by its name. `name`: what everybody in the CRM sees of it.
    """

    id: int
    login: str
    active: bool
    groups: frozenset[str]
    protected: bool = False
    through: tuple[tuple[str, str], ...] = ()
    name: str = field(default="", repr=False)


@dataclass(frozen=True)
class HeldFunction:
    """A function, its record, the account that it was given, and the code of whose it is."""

    id: int
    function: Function
    account: int | None
    person: str = ""


def plan_accounts(
    functions: Sequence[HeldFunction],
    accounts: Sequence[Account],
    *,
    on: date,
    by_hand: ByHand = ByHand.UNDO,
    coded: bool = False,
    never_without: Collection[str] = (),
) -> tuple[tuple[AccountChange, ...], tuple[Text, ...]]:
    """Return what is to be done, and a sentence for everything that is left alone.

    `by_hand`: what becomes of groups that somebody added; `coded`: accounts bear the code of whose they are;
    `never_without`: roles that keep an account.
    """
    alone: list[Text] = []
    changes = list(_changes(functions, accounts, on, by_hand, alone))
    if coded:
        changes = _coded(functions, accounts, changes)
    for account in accounts:
        alone.extend(_through(account, group, role) for role, group in account.through)
    lost = [role for role in never_without if _loses_all(role, accounts, changes)]
    marked = (_marked(change, lost) for change in changes)
    return tuple(sorted(marked, key=lambda change: change.login)), tuple(alone)


def _changes(
    functions: Sequence[HeldFunction],
    accounts: Sequence[Account],
    on: date,
    by_hand: ByHand,
    alone: list[Text],
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
        yield from _aligned(account, held.get(account.id, ()), on, by_hand, alone)


def _opened(login: str, functions: Sequence[HeldFunction]) -> AccountChange:
    roles = _roles(functions)
    ids = tuple(each.id for each in functions)
    people = _people(functions)
    return AccountChange(login, AccountAct.OPEN, before=(), after=roles, functions=ids, people=people)


def _aligned(
    account: Account, functions: Sequence[HeldFunction], on: date, by_hand: ByHand, alone: list[Text]
) -> Iterator[AccountChange]:
    current = [each for each in functions if lasts_on(each.function, on)]
    # What a function that ended gave was not added by hand: it goes in any case.
    added = account.groups - {each.function.role for each in functions}
    kept = added if by_hand is ByHand.REPORT and (current or not functions) else frozenset()
    wanted, linked = {*_roles(current), *kept}, all(each.account == account.id for each in functions)
    right = account.groups == wanted and linked and (not functions or account.active == bool(current))
    if right or account.protected:
        if not right:
            alone.append(_protected(account))
        elif kept:
            alone.append(_reported(account, kept))
        return
    yield AccountChange(
        account.login,
        _act(account, functions, current),
        before=tuple(sorted(account.groups)),
        after=tuple(sorted(wanted)),
        account=account.id,
        functions=tuple(each.id for each in current if each.account is None),
        by_hand=tuple(sorted(added - kept)),
        people=_people(functions),
    )


def _act(account: Account, functions: Sequence[HeldFunction], current: Sequence[HeldFunction]) -> AccountAct:
    if not functions:
        return AccountAct.REVOKE
    if not current:
        return AccountAct.CLOSE
    return AccountAct.ALIGN if account.groups else AccountAct.ADMIT


def _coded(
    functions: Sequence[HeldFunction], accounts: Sequence[Account], changes: Iterable[AccountChange]
) -> list[AccountChange]:
    """Add to the changes that an account whose name is not the code of whose it is gets that name."""
    by_login = {change.login: change for change in changes}
    for account in accounts:
        change = by_login.get(account.login)
        given = change.functions if change else ()
        held = [each for each in functions if each.account == account.id or each.id in given]
        people, groups = _people(held), tuple(sorted(account.groups))
        if not account.protected and len(people) == 1 and account.name != people[0]:
            alone = AccountChange(account.login, AccountAct.RENAME, groups, groups, account.id, people=people)
            by_login[account.login] = replace(change or alone, coded=True)
    return [
        replace(each, coded=True) if each.act is AccountAct.OPEN and len(each.people) == 1 else each
        for each in by_login.values()
    ]


def _roles(functions: Iterable[HeldFunction]) -> tuple[str, ...]:
    return tuple(sorted({each.function.role for each in functions}))


def _people(functions: Iterable[HeldFunction]) -> tuple[str, ...]:
    return tuple(sorted({each.person for each in functions}))


def _loses_all(role: str, accounts: Iterable[Account], changes: Collection[AccountChange]) -> bool:
    """Tell whether some account works in a role today, and none would any more."""
    holding = {account.id for account in accounts if account.active and role in account.groups}
    changed = {change.account for change in changes}
    gains = any(role in change.after for change in changes)
    return bool(holding) and holding <= changed and not gains


def _marked(change: AccountChange, lost: Collection[str]) -> AccountChange:
    return replace(change, last=tuple(role for role in lost if role in change.before))


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


def _reported(account: Account, kept: Collection[str]) -> Text:
    groups = ", ".join(sorted(kept))
    return Text(
        fr=f"le compte {account.login} a un droit qu'aucune fonction ne donne ({groups}), ajouté à la main",
        en=f"account {account.login} has a right that no function gives ({groups}), added by hand",
    )


def _through(account: Account, group: str, role: str) -> Text:
    return Text(
        fr=f"le compte {account.login} a le droit {role} par un autre groupe ({group}) : « mist apply »",
        en=f"account {account.login} has the right {role} through another group, {group}: run “mist apply”",
    )


def groups_by_account(members: Mapping[str, Iterable[int]]) -> dict[int, frozenset[str]]:
    """Return our groups of each account, from the members of each group."""
    found: dict[int, set[str]] = defaultdict(set)
    for group, accounts in members.items():
        for account in accounts:
            found[account].add(group)
    return {account: frozenset(groups) for account, groups in found.items()}
