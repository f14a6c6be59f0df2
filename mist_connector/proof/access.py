"""Who may read what about a person today, and why: the leases, held against the register's facts.

Pure: the facts were read before. It says what the CRM's own rules say, since both read the same declaration;
`mist prove` tries whether the CRM does what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.declaration import Blueprint, Lease, Model, Operation
from mist_connector.bylaws.conditions import ME, Condition, Time
from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    DatedException,
    Exclusion,
    Facts,
    Function,
    Mandate,
    Step,
    Vote,
)
from mist_connector.bylaws.in_force import lasts_on
from mist_connector.bylaws.tiers import Tier
from mist_connector.planning.accounts import Account

Fact = Function | Agreement | Accompaniment | Mandate | DatedException
# What is looked at, and opens nothing by a term of its own.
Dated = Exclusion | Step | Vote


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
    """What one account may do with one tier about one person, by which rule, for which reasons."""

    login: str
    person: str
    tier: Tier
    operations: tuple[Operation, ...]
    rule: str
    reasons: tuple[Reason, ...]

    @property
    def until(self) -> date | None:
        """The last day on which it holds if nobody changes anything; None for ever."""
        ends = [reason.fact.until for reason in self.reasons if reason.fact.until is not None]
        return min(ends, default=None)


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
        held: dict[tuple[Reason, ...], tuple[str, set[Operation]]] = {}
        for lease in blueprint.frame.leases:
            operations = _operations(lease, models)
            reasons = _held(lease, account, code, register, on) if operations else None
            if reasons is not None:
                # Leases that the same facts open are one opening, by the rule of the first.
                held.setdefault(reasons, (lease.rule, set()))[1].update(operations)
        for reasons, (rule, found) in held.items():
            yield Opening(
                account.login, code, tier, tuple(each for each in Operation if each in found), rule, reasons
            )


def _about_people(model: Model) -> bool:
    return model.key == "person" or any(each.key == "person" for each in model.fields)


def _operations(lease: Lease, models: Iterable[Model]) -> tuple[Operation, ...]:
    given = {operation for model in models for operation in model.access.get(lease.key, ())}
    return tuple(operation for operation in Operation if operation in given)


def _held(
    lease: Lease, account: Account, code: str, register: Register, on: date
) -> tuple[Reason, ...] | None:
    """Return the facts by which an account holds a lease about a person; None where it does not."""
    if lease.group not in account.groups:
        return None
    if lease.holds is None:
        return ()
    facts = _Reading(register, account.id, on).reasons(lease.holds, register.people[code], code)
    return None if facts is None else tuple(facts)


Seen = Facts | Working | Fact | Dated


class _Reading:
    """A condition of a lease, read on the register's facts for one account and one day."""

    def __init__(self, register: Register, account: int, on: date) -> None:
        self._register, self._account, self._on = register, account, on

    def reasons(self, condition: Condition, at: Seen, of: str) -> list[Reason] | None:
        """Return the facts by which a condition holds at a fact or person; None where it does not hold."""
        if condition.facts is not None:
            found = self._some(condition, self._follow(condition.facts, at, of))
            return found if condition.exists is not None else _contrary(found)
        if condition.all_of is not None:
            return self._all(condition.all_of, at, of)
        if condition.any_of is not None:
            tried = (self.reasons(part, at, of) for part in condition.any_of)
            return next((found for found in tried if found is not None), None)
        if condition.contrary is not None:
            return _contrary(self.reasons(condition.contrary, at, of))
        return [] if self._equals(condition, at) else None

    def _some(
        self, condition: Condition, candidates: Iterable[tuple[Working | Fact | Dated, str]]
    ) -> list[Reason] | None:
        for each, of in candidates:
            fact = each.function if isinstance(each, Working) else each
            if not self._counts(fact, condition.time):
                continue
            inner = self._all(condition.where, each, of)
            if inner is not None:
                return inner if isinstance(fact, Dated) else [Reason(fact, of), *inner]
        return None

    def _counts(self, fact: Fact | Dated, time: Time) -> bool:
        if isinstance(fact, Dated):
            return time is not Time.HAPPENED or fact.on <= self._on
        return time is not Time.IN_FORCE or lasts_on(fact, self._on)

    def _all(self, conditions: Iterable[Condition], at: Seen, of: str) -> list[Reason] | None:
        found: list[Reason] = []
        for condition in conditions:
            reasons = self.reasons(condition, at, of)
            if reasons is None:
                return None
            found.extend(reasons)
        return found

    def _follow(self, path: str, at: Seen, of: str) -> Iterator[tuple[Working | Fact | Dated, str]]:
        """Yield what a path of the declaration leads to, with the code of whom it is about."""
        first, _, relation = path.rpartition(".")
        person = at.person if isinstance(at, Working) else of
        if path == "association.functions":
            yield from ((each, each.person) for each in self._register.working)
        elif path == "person.functions":
            yield from ((each, person) for each in self._register.working if each.person == person)
        elif first in {"person", ""} and relation != "function":
            facts = self._register.people[person]
            yield from ((fact, person) for fact in getattr(facts, relation))
        elif relation == "records" or (path == "function" and isinstance(at, Facts)):
            # Of a single reminder: whoever is told of one reads the
            # register anyway, by another lease.
            yield from ()
        elif path == "function" and isinstance(at, Accompaniment):
            named = (each for each in self._register.working if each.function.code == at.function)
            yield from ((each, each.person) for each in named)
        else:
            raise KeyError(path)

    def _equals(self, condition: Condition, at: Seen) -> bool:
        field = str(condition.field)
        if isinstance(at, Working):
            held = at.account if field == "user" else getattr(at.function, field)
        elif isinstance(at, Facts):
            return True  # a record of hers may have this value or not: some of them open
        else:
            held = getattr(at, field)
        return bool(held == (self._account if condition.equals == ME else condition.equals))


_ROLES = {"direction": "direction", "staff": "équipe", "office": "mandat avec un compte"}


def _contrary(found: list[Reason] | None) -> list[Reason] | None:
    """Return that something is not so: a reason without a fact."""
    return [] if found is None else None


def _about_everybody(opening: Opening) -> Opening:
    return Opening(opening.login, "*", opening.tier, opening.operations, opening.rule, opening.reasons)


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
