"""What `mist access` answers from: the facts that are keys, and the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mist_connector.access.readers import Register, Working
from mist_connector.crm.rights import Purpose
from mist_connector.crm.today import today_of
from mist_connector.declared.everything import Declared
from mist_connector.planning.accounts import Account
from mist_connector.work.people.accounts import CONNECTOR, read_accounts
from mist_connector.work.people.facts_reading import RegisterFacts, read_facts

from .because import noted
from .session import opened

# The kinds of fact that the keys of a lease are.
_KEYS = ("agreements", "accompaniments", "exclusions", "mandates", "exceptions", "votes", "steps")


@dataclass(frozen=True)
class Known:
    """Who works here, everybody's keys, the accounts, and the language of the one who was asked about."""

    register: Register
    accounts: Sequence[Account]
    today: date
    language: str | None = None


def read_known(profile: str | None, rules: Declared, *, language_for: str | None = None) -> Known:
    """Read it; `language_for`: the code of the person who gets a letter, noted in the journal of reads."""
    person = rules.blueprint.model("person")
    with opened(profile, Purpose.READ) as crm:
        if language_for is not None:
            noted(crm, rules.blueprint, "mist access letter", [language_for])
        facts = read_facts(crm, rules.blueprint, only=_KEYS)
        found = read_accounts(crm, rules.blueprint).accounts
        accounts = [with_own_group(account, crm.login) for account in found]
        language = None
        if language_for is not None:
            column = person.field("language").column
            domain = [["x_name", "=", language_for]]
            rows = crm.call(person.technical, "search_read", domain=domain, fields=[column])
            language = rows[0][column] or None if rows else None
    return Known(register_of(facts), accounts, today_of(rules.blueprint, crm), language)


def with_own_group(account: Account, login: str) -> Account:
    """Count this very account as the connector's, which it is if it has just read the register."""
    if account.login != login or account.groups:
        return account
    return replace(account, groups=frozenset({CONNECTOR}))


def register_of(facts: RegisterFacts) -> Register:
    """Return what leases are decided from."""
    people = {record.facts.code: record.facts for record in facts.people}
    by_code = {fact.code: fact for each in people.values() for fact in each.functions}
    working = [
        Working(by_code[record.code], record.person, record.account)
        for record in facts.functions
        if record.code in by_code
    ]
    return Register(people, working)
