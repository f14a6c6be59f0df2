"""Who may read what about a person today, and why: the leases, held against the register's facts.

Pure: the facts were read before. What the leases ask is read by the engine, and « why » are its witnesses;
`mist prove` tries whether the CRM does what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from mist_connector.blueprint.declaration import Blueprint, Lease, Model, Operation
from mist_connector.blueprint.leased import of_some_record
from mist_connector.bylaws.facts import Accompaniment, Agreement, DatedException, Facts, Function, Mandate
from mist_connector.bylaws.linked import Association, Linked
from mist_connector.bylaws.tiers import Tier
from mist_connector.conditions.changing import ONE_DAY, Window, changing
from mist_connector.conditions.forms import AllOf, Form
from mist_connector.conditions.holds import holds
from mist_connector.conditions.witnesses import witnesses
from mist_connector.planning.accounts import Account

# What opens something by a term of its own.
Fact = Function | Agreement | Accompaniment | Mandate | DatedException


@dataclass(frozen=True)
class Working:
    """A function as the register has it: whose, and with which account."""

    function: Function
    person: str
    account: int | None


@dataclass(frozen=True)
class Register:
    """What leases are decided from: the facts of everybody by code, and who works here."""

    people: Mapping[str, Facts]
    working: Sequence[Working]

    @cached_property
    def everybody(self) -> Association:
        """Everybody's facts, linked, with the accounts of those who work here."""
        functions: dict[str, list[Function]] = defaultdict(list)
        for each in self.working:
            functions[each.person].append(each.function)
        accounts = {each.function.code: each.account for each in self.working if each.account is not None}
        people = [replace(each, functions=tuple(functions[each.code])) for each in self.people.values()]
        return Association(people, None, accounts)


@dataclass(frozen=True)
class Reason:
    """One fact in force that opens something."""

    fact: Fact
    of: str

    @property
    def sentence(self) -> str:
        """Say the fact in French, with its days."""
        until = f"au {self.fact.until:%d/%m/%Y}" if self.fact.until else "sans fin notée"
        return f"{_noun(self.fact)} ({self.of}) du {self.fact.since:%d/%m/%Y} {until}"


@dataclass(frozen=True)
class Opening:
    """What one account may do with one tier about one person, by which rule, for which reasons.

    `until`: the last day on which it holds if nobody records anything; None for ever.
    """

    login: str
    person: str
    tier: Tier
    operations: tuple[Operation, ...]
    rule: str
    reasons: tuple[Reason, ...]
    until: date | None


def who_reads(
    code: str, register: Register, accounts: Iterable[Account], blueprint: Blueprint, *, on: date
) -> list[Opening]:
    """Return what each account may do about a person."""
    return [
        opening
        for account in accounts
        if account.active
        for opening in _openings(account, code, register, blueprint, on)
    ]


def what_reads(account: Account, register: Register, blueprint: Blueprint, *, on: date) -> list[Opening]:
    """Return what an account may do about everybody: a line for a tier that is open whoever it is about."""
    found: list[Opening] = []
    for code in sorted(register.people):
        for each in _openings(account, code, register, blueprint, on):
            general = each if each.tier is Tier.PERSONAL else _about_everybody(each)
            if general not in found:
                found.append(general)
    return found if account.active else []


def _openings(
    account: Account, code: str, register: Register, blueprint: Blueprint, on: date
) -> Iterator[Opening]:
    for tier in (Tier.REGISTER, Tier.PERSONAL, Tier.INVESTIGATION):
        models = [model for model in blueprint.models if model.tier is tier and _about_people(model)]
        held: dict[_Holding, tuple[str, set[Operation]]] = {}
        for lease in blueprint.frame.leases:
            if lease.group not in account.groups:
                continue
            for condition, operations in _asked(lease, models, blueprint).items():
                holding = _held(condition, account, code, register, on)
                if holding is not None:
                    # Leases that the same facts open are one opening, by the rule of the first.
                    held.setdefault(holding, (lease.rule, set()))[1].update(operations)
        for (reasons, until), (rule, found) in held.items():
            allowed = tuple(each for each in Operation if each in found)
            yield Opening(account.login, code, tier, allowed, rule, reasons, until)


def _about_people(model: Model) -> bool:
    return model.key == "person" or any(each.key == "person" for each in model.fields)


def _asked(lease: Lease, models: Iterable[Model], blueprint: Blueprint) -> Mapping[Form, set[Operation]]:
    """Return what a lease asks so that some record about a person opens, with what it then allows."""
    asked: dict[Form, set[Operation]] = {}
    for model in models:
        operations = model.access.get(lease.key, ())
        if operations:
            holds = AllOf(()) if lease.holds is None else of_some_record(lease.holds, model, blueprint)
            asked.setdefault(holds, set()).update(operations)
    return asked


# The facts by which a lease is held, and its last day.
_Holding = tuple[tuple[Reason, ...], date | None]


def _held(condition: Form, account: Account, code: str, register: Register, on: date) -> _Holding | None:
    """Return by which facts, and until when, an account holds a lease about a person; None if it does not."""
    person = register.everybody.of_code(code)
    assert person is not None  # noqa: S101 - codes are those of the register
    found = witnesses(condition, person, on=on, me=account.id)
    if found is None:
        return None
    reasons = tuple(Reason(each.itself, each.person.code) for each in found if isinstance(each.itself, Fact))
    return reasons, _last_day(condition, person, on, account.id)


def _last_day(condition: Form, person: Linked, on: date, me: int) -> date | None:
    """Return the last day on which a condition holds without a break, if nobody records anything."""
    for day in sorted(changing(condition, person, Window(on, date.max))):
        if not holds(condition, person, on=day, me=me):
            return day - ONE_DAY
    return None


_ROLES = {"direction": "direction", "staff": "équipe", "office": "mandat avec un compte"}


def _about_everybody(opening: Opening) -> Opening:
    return replace(opening, person="*")


def _noun(fact: Fact) -> str:
    match fact:
        case Function():
            return f"fonction {fact.code}, {_ROLES.get(fact.role, fact.role)}"
        case Agreement():
            return "accord de confidentialité"
        case Accompaniment():
            return "remplacement" if fact.cover else "accompagnement"
        case Mandate():
            return f"mandat {fact.office}"
        case DatedException():
            return "exception signée par la direction"
