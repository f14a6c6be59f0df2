"""People's statuses, contacts and accounts, brought in line with the facts: planned once, then applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import CommonFacts
from mist_connector.bylaws.provisions import Provisions
from mist_connector.bylaws.sync_limits import SyncLimits
from mist_connector.bylaws.verdict import Verdict, Verdicts
from mist_connector.planning.accounts import HeldFunction, plan_accounts
from mist_connector.planning.contacts import Standing, plan_contacts
from mist_connector.planning.people import StatusChange, SyncPlan
from mist_connector.reporting import Reporter

from .accounts import apply_accounts, read_accounts
from .batches import write_all
from .contacts import apply_contacts, loose_contacts, read_contacts
from .facts_reading import PersonRecord, RegisterFacts, read_facts
from .port import Crm


@dataclass(frozen=True)
class Sync:
    """A CRM and the bylaws that its people follow."""

    crm: Crm
    blueprint: Blueprint
    provisions: Provisions
    limits: SyncLimits

    def verdicts(self, register: RegisterFacts, on: date, *, common: CommonFacts | None = None) -> Verdicts:
        """Say what the bylaws make of everybody, and with `common` of the association too."""
        people = [record.facts for record in register.people]
        return decide_all(people, self.provisions, on=on, common=common)

    def plan(self, *, on: date) -> SyncPlan:
        """Read everything, decide, and compare; nothing is written."""
        # Statuses are decided from few kinds of fact; the others would only cost requests.
        register = read_facts(self.crm, self.blueprint, only=self.provisions.relations_of_statuses)
        accounts = read_accounts(self.crm, self.blueprint)
        linked = {record.contact for record in register.people if record.contact is not None}
        contacts = read_contacts(
            self.crm, linked, account_contacts=accounts.contacts, may_have=self.limits.contact_may_have
        )
        usable = {row_id for row_id, contact in contacts.items() if not contact.of_account}
        lacking = [record.facts.code for record in register.people if record.contact not in usable]
        loose = loose_contacts(self.crm, lacking, linked) if lacking else {}
        standings = [Standing(record.id, record.facts.code, record.contact) for record in register.people]
        changes, alone = plan_accounts(_held(register), accounts.accounts, on=on)
        return SyncPlan(
            codes=frozenset(record.facts.code for record in register.people),
            statuses=tuple(_status_changes(register.people, self.verdicts(register, on))),
            contacts=plan_contacts(standings, contacts, loose),
            accounts=changes,
            left_alone=alone,
        )

    def apply(self, plan: SyncPlan, reporter: Reporter) -> None:
        """Write a plan, in batches of equal values; stopped midway, the next run ends in the same state."""
        person = self.blueprint.model("person").technical
        reporter.step(f"Contacts : {len(plan.contacts)}")
        apply_contacts(self.crm, self.blueprint, plan.contacts, may_have=self.limits.contact_may_have)
        reporter.step(f"Statuts : {len(plan.statuses)}")
        for status, ids in _by_status(plan.statuses).items():
            write_all(self.crm, person, ids, {"x_status": status or False})
        reporter.step(f"Comptes : {len(plan.accounts)}")
        apply_accounts(self.crm, self.blueprint, plan.accounts)


def _held(register: RegisterFacts) -> list[HeldFunction]:
    facts = {function.code: function for record in register.people for function in record.facts.functions}
    return [HeldFunction(each.id, facts[each.code], each.account) for each in register.functions]


def _status_changes(people: Iterable[PersonRecord], verdicts: Verdicts) -> Iterable[StatusChange]:
    for record, verdict in zip(people, verdicts.people, strict=True):
        if record.facts.status != verdict.status:
            rules = _rules(verdict)
            yield StatusChange(record.facts.code, record.id, record.facts.status, verdict.status, rules)


def _rules(verdict: Verdict) -> tuple[str, ...]:
    """Return the rules that give the status decided."""
    met = verdict.reached.met if verdict.reached else ()
    return tuple(dict.fromkeys(requirement.rule for requirement in met))


def _by_status(changes: Sequence[StatusChange]) -> dict[str | None, list[int]]:
    ids: dict[str | None, list[int]] = defaultdict(list)
    for change in changes:
        ids[change.after].append(change.person)
    return dict(ids)
