"""What a report needs of the register: figures of everybody, and the safe way to each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.provisions import Provisions
from mist_connector.documents.assembly_report import ReportInput, half_year
from mist_connector.documents.recipients import Addressee

from .batches import read_all
from .facts_reading import RegisterFacts, read_facts
from .port import Crm

_COLUMNS = ("x_name", "x_status", "x_channel", "x_language", "x_email")


@dataclass(frozen=True)
class ReportFacts:
    """The input of the report, who could receive it, and each person's record by her code."""

    report: ReportInput
    people: tuple[Addressee, ...]
    ids: Mapping[str, int]


def read_report_facts(
    crm: Crm, blueprint: Blueprint, provisions: Provisions, *, on: date, today: date, months: int
) -> ReportFacts:
    """Read the register: figures as of the day `on`, and who may be written to today."""
    register = read_facts(crm, blueprint)
    verdicts = {each.facts.code: decide(each.facts, provisions, on=today).status for each in register.people}
    people = read_addressees(crm, blueprint, verdicts)
    figures = _figures(register, provisions, on=on, months=months)
    return ReportFacts(figures, people, {each.facts.code: each.id for each in register.people})


def read_addressees(
    crm: Crm, blueprint: Blueprint, verdicts: Mapping[str, str | None]
) -> tuple[Addressee, ...]:
    """Read what sending needs of everybody; `verdicts`: the status that the facts give each today."""
    rows = read_all(crm, blueprint.model("person").technical, _COLUMNS)
    return tuple(
        Addressee(
            code=row["x_name"],
            status=row["x_status"] or None,
            verdict=verdicts.get(row["x_name"]),
            channel=row["x_channel"] or None,
            language=row["x_language"] or None,
            email=row["x_email"] or None,
        )
        for row in rows
        if row["x_name"] in verdicts
    )


def _figures(register: RegisterFacts, provisions: Provisions, *, on: date, months: int) -> ReportInput:
    since = half_year(on, months)
    return ReportInput(
        on=on,
        before=[decide(each.facts, provisions, on=since).status for each in register.people],
        now=[decide(each.facts, provisions, on=on).status for each in register.people],
        mandates=[mandate for each in register.people for mandate in each.facts.mandates],
    )
