"""Contacts, accounts and reminders in line with the facts, statuses with the day: planned, then applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.bylaws.checks import LEFT_OUT
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import CommonFacts
from mist_connector.bylaws.findings import Finding
from mist_connector.bylaws.provisions import Provisions
from mist_connector.bylaws.sync_limits import Names, SyncLimits
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.verdict import Verdict, Verdicts
from mist_connector.bylaws.visibility import on_contact
from mist_connector.crm.port import Crm
from mist_connector.language import _, worded
from mist_connector.planning.accounts import HeldFunction, plan_accounts
from mist_connector.planning.contacts import Standing, plan_contacts
from mist_connector.planning.in_crm import crm_findings
from mist_connector.planning.people import AccountChange, ReminderChange, StatusChange, SyncPlan
from mist_connector.planning.reminders import Held, plan_reminders, team_of
from mist_connector.reporting import Reporter

from .accounts import apply_accounts, read_accounts
from .contacts import apply_contacts, loose_contacts, read_contacts
from .doubles import find_doubles
from .facts_reading import PersonRecord, RegisterFacts, read_common_facts, read_facts
from .names import read_names
from .reminders import apply_reminders, read_reminders
from .statuses import follow_statuses, refused_statuses


@dataclass(frozen=True)
class Look:
    """What a sync would do, from which facts, verdicts on statuses as recorded, and reminders."""

    plan: SyncPlan
    register: RegisterFacts
    verdicts: Verdicts
    reminders: tuple[Held, ...]


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

    def plan(self, *, on: date, since: date | None = None) -> SyncPlan:
        """Read everything, decide, and compare; nothing is written.

        `since`: only for people of whom a fact was entered or changed on that day or later.
        """
        # Statuses are decided from few kinds of fact; the others would only cost requests.
        look = self.look(on=on, everything=self.limits.reminders is not None)
        plan = look.plan if since is None else look.plan.only(look.register.changed_since(since))
        return plan.without(refused_statuses(self.crm, self.blueprint, plan.statuses))

    def look(self, *, on: date, everything: bool = True, apart: bool = False) -> Look:
        """Read and decide: what a sync would do, and what was read.

        `everything`: not statuses alone. `apart`: what is kept apart from the register, too.
        """
        only = None if everything else {*self.provisions.relations_of_statuses, "consents"}
        register = read_facts(self.crm, self.blueprint, only=only, apart=apart)
        common = read_common_facts(self.crm, self.blueprint) if everything else None
        recorded = verdicts = self.verdicts(register, on, common=common)
        left_out = _left_out(verdicts)
        changes_of_all = _status_changes(register.people, verdicts)
        changed = tuple(each for each in changes_of_all if each.code not in left_out)
        if changed and self.limits.reminders:
            # What is found once the statuses are right, and not because they are not yet.
            verdicts = self.verdicts(_with_statuses(register, verdicts), on, common=common)
        accounts = read_accounts(self.crm, self.blueprint)
        linked = {record.contact for record in register.people if record.contact is not None}
        contacts = read_contacts(
            self.crm, linked, account_contacts=accounts.contacts, may_have=self.limits.contact_may_have
        )
        usable = {row_id for row_id, contact in contacts.items() if not contact.of_account}
        lacking = [record.facts.code for record in register.people if record.contact not in usable]
        loose = loose_contacts(self.crm, lacking, linked) if lacking else {}
        changes, alone = plan_accounts(
            _held(register),
            accounts.accounts,
            on=on,
            by_hand=self.limits.groups_by_hand,
            coded=self.limits.names is Names.NEVER,
            never_without=self.limits.never_without,
        )
        held = read_reminders(self.crm, self.blueprint) if self.limits.reminders else ()
        reminders, unheard = self._reminders(register, verdicts, held, changes)
        names = self._names(register, changes, on)
        standings = [
            Standing(record.id, record.facts.code, record.contact, names.get(record.facts.code))
            for record in register.people
        ]
        plan = SyncPlan(
            codes=frozenset(record.facts.code for record in register.people),
            statuses=changed,
            contacts=plan_contacts(standings, contacts, loose),
            accounts=changes,
            reminders=reminders,
            left_alone=(*alone, *unheard),
            left_out=left_out,
        )
        return Look(plan, register, recorded, held)

    def crm_findings(self, look: Look) -> tuple[Finding, ...]:
        """Find what is not as it should be in the CRM itself."""
        found = crm_findings(
            look.plan,
            look.reminders,
            self.limits.checks,
            codes={record.id: record.facts.code for record in look.register.people},
            on=look.verdicts.on,
            twice=[
                (self.blueprint.model(each.model).label, each.codes)
                for each in find_doubles(self.crm, self.blueprint)
            ],
        )
        return tuple(sorted(found, key=lambda finding: finding.order))

    def _reminders(
        self,
        register: RegisterFacts,
        verdicts: Verdicts,
        held: Sequence[Held],
        accounts: Sequence[AccountChange],
    ) -> tuple[tuple[ReminderChange, ...], tuple[Text, ...]]:
        """Compare what is found with the reminders that there are."""
        if self.limits.reminders is None:
            return (), ()
        functions = {each.function.code: each for each in _held(register)}
        with_account = _with_account(functions.values(), accounts)
        people = [record.facts for record in register.people]
        return plan_reminders(
            verdicts.findings,
            held,
            team_of(people, functions, with_account, verdicts.on),
            self.limits.reminders,
            ids={record.facts.code: record.id for record in register.people},
            titles=self.blueprint.section_titles,
            on=verdicts.on,
        )

    def _names(self, register: RegisterFacts, accounts: Sequence[AccountChange], on: date) -> dict[str, str]:
        """Read the names that contacts show today (Q27): of nobody else."""
        if self.limits.names is Names.NEVER:
            return {}
        functions = _held(register)
        with_account = _with_account(functions, accounts)
        codes = {each.function.code for each in functions if each.id in with_account}
        found = {record.facts.code: on_contact(record.facts, codes, on) for record in register.people}
        namings = {code: naming for code, naming in found.items() if naming is not None}
        return read_names(self.crm, self.blueprint, namings)

    def apply(self, plan: SyncPlan, reporter: Reporter) -> None:
        """Write a plan, in batches of equal values; stopped midway, the next run ends in the same state."""
        reporter.step(_("Contacts : {count}").format(count=len(plan.contacts)))
        apply_contacts(self.crm, self.blueprint, plan.contacts, may_have=self.limits.contact_may_have)
        reporter.step(_("Statuts : {count}").format(count=len(plan.statuses)))
        late = plan.without(follow_statuses(self.crm, self.blueprint, plan.statuses))
        if late.refused:
            reporter.step(worded(late.refusal))
        reporter.step(_("Comptes : {count}").format(count=len(plan.accounts)))
        apply_accounts(self.crm, self.blueprint, plan.accounts, by_hand=self.limits.groups_by_hand)
        reporter.step(_("Rappels : {count}").format(count=len(plan.reminders)))
        apply_reminders(self.crm, self.blueprint, plan.reminders)


def _left_out(verdicts: Verdicts) -> frozenset[str]:
    """Return the codes of those whose facts hold a day that cannot be right."""
    return frozenset(
        finding.code
        for finding in verdicts.findings
        if finding.check in LEFT_OUT and finding.code is not None
    )


def _held(register: RegisterFacts) -> list[HeldFunction]:
    facts = {function.code: function for record in register.people for function in record.facts.functions}
    return [HeldFunction(each.id, facts[each.code], each.account, each.person) for each in register.functions]


def _with_account(functions: Iterable[HeldFunction], changes: Iterable[AccountChange]) -> set[int]:
    """Return the functions that have an account once these changes are made."""
    held = {each.id for each in functions if each.account is not None}
    return held | {row_id for change in changes for row_id in change.functions}


def _with_statuses(register: RegisterFacts, verdicts: Verdicts) -> RegisterFacts:
    """Return the register as it is once every status is the one that was decided."""
    people = (
        replace(record, facts=replace(record.facts, status=verdict.status))
        for record, verdict in zip(register.people, verdicts.people, strict=True)
    )
    return replace(register, people=tuple(people))


def _status_changes(people: Iterable[PersonRecord], verdicts: Verdicts) -> Iterable[StatusChange]:
    for record, verdict in zip(people, verdicts.people, strict=True):
        if record.facts.status != verdict.status:
            rules = _rules(verdict)
            yield StatusChange(record.facts.code, record.id, record.facts.status, verdict.status, rules)


def _rules(verdict: Verdict) -> tuple[str, ...]:
    """Return the rules that give the status decided."""
    met = verdict.reached.met if verdict.reached else ()
    return tuple(dict.fromkeys(requirement.rule for requirement in met))
