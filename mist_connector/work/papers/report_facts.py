"""What a document needs of the register: figures of everybody, and the safe way to each person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.facts import Facts, Mandate
from mist_connector.bylaws.in_force import in_force
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.declared.everything import Declared
from mist_connector.documents.composing import members
from mist_connector.documents.counting import count_attended, count_days, days_told, occasions
from mist_connector.documents.mandates_told import Held
from mist_connector.documents.recipients import Addressee
from mist_connector.documents.register_told import RegisterTold
from mist_connector.work.assembly.days import assembly_days
from mist_connector.work.assembly.papers import names_to_tell
from mist_connector.work.people.facts_reading import read_common_facts, read_facts

_COLUMNS = ("x_name", "x_status", "x_channel", "x_language", "x_email")


@dataclass(frozen=True)
class ReportFacts:
    """What is told of the register, who could receive it, and each person's record by her code."""

    told: RegisterTold
    people: tuple[Addressee, ...]
    ids: Mapping[str, int]


def read_report_facts(
    crm: Crm,
    declared: Declared,
    *,
    on: date,
    today: date,
    months: int,
    opted_out: Collection[str] = frozenset(),
) -> ReportFacts:
    """Read the register: figures as of the day `on`, and who may be written to today."""
    register = read_facts(crm, declared.blueprint)
    facts = {each.facts.code: each.facts for each in register.people}
    verdicts = {code: decide(each, declared.provisions, on=today).status for code, each in facts.items()}
    people = read_addressees(crm, declared.blueprint, verdicts, opted_out)
    told = _told(crm, declared, facts, on=on, today=today, months=months)
    return ReportFacts(told, people, {each.facts.code: each.id for each in register.people})


def days_of_assemblies(crm: Crm, on: date) -> tuple[date, ...]:
    """Return the days that documents of this day tell of: the assemblies before it, and itself."""
    return days_told((each.on for each in assembly_days(crm) if each.is_told), on)


def read_addressees(
    crm: Crm,
    blueprint: Blueprint,
    verdicts: Mapping[str, str | None],
    opted_out: Collection[str] = frozenset(),
) -> tuple[Addressee, ...]:
    """Read what sending needs of everybody; `verdicts`: the status that the facts give each today.

    `opted_out`: codes of those who refused the CRM's mails.
    """
    rows = read_all(crm, blueprint.model("person").technical, _COLUMNS)
    return tuple(
        Addressee(
            code=row["x_name"],
            status=row["x_status"] or None,
            verdict=verdicts.get(row["x_name"]),
            channel=row["x_channel"] or None,
            language=row["x_language"] or None,
            email=row["x_email"] or None,
            opted_out=row["x_name"] in opted_out,
        )
        for row in rows
        if row["x_name"] in verdicts
    )


def _told(
    crm: Crm, declared: Declared, facts: Mapping[str, Facts], *, on: date, today: date, months: int
) -> RegisterTold:
    people, days = list(facts.values()), days_of_assemblies(crm, on)
    common = read_common_facts(crm, declared.blueprint)
    return RegisterTold(
        days=count_days(people, declared.provisions, members(declared), days, months=months),
        held=_held(crm, declared.blueprint, facts, on=on, today=today),
        attended=count_attended(people, days, months=months),
        sessions=common.sessions,
        suggestions=common.suggestions,
        occasions=occasions(people, common.sessions),
    )


def _held(crm: Crm, blueprint: Blueprint, facts: Mapping[str, Facts], *, on: date, today: date) -> list[Held]:
    """Return every mandate; those in force on the day with the name that a consent covers today."""
    now = [code for code, each in facts.items() if in_force(each.mandates, on)]
    names = names_to_tell(crm, blueprint, now, facts, on=today)
    return [
        Held(mandate.office, mandate.since, mandate.until, _name(names.get(code), mandate, on))
        for code, each in facts.items()
        for mandate in each.mandates
    ]


def _name(name: str | None, mandate: Mandate, on: date) -> str | None:
    return name if in_force([mandate], on) else None
