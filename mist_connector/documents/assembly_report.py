"""The half-yearly report to the general assembly: what members may know of the association, as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.facts import Mandate
from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .suppression import suppress, suppress_one
from .tiered import (
    CommonCount,
    CommonDate,
    CommonText,
    PublicDate,
    PublicNumber,
    PublicText,
    Tiered,
    common,
    public,
)


@dataclass(frozen=True)
class ReportInput:
    """What the report is made of: statuses at both ends of the half year, and the mandates in force.

    Statuses are those of everybody in the register, in no order; nobody is named, or known by her code.
    """

    on: date
    before: Sequence[str | None]
    now: Sequence[str | None]
    mandates: Sequence[Mandate]
    """At the same index in `before` and `now`: the same person."""


@dataclass(frozen=True)
class StatusRow:
    """How many people have a status; None: masked."""

    label: PublicText
    count: CommonCount


@dataclass(frozen=True)
class OfficeRow:
    """An office, and until when it is held."""

    label: PublicText
    vacant: Annotated[Tiered[bool], Tier.COMMON]
    ends: Annotated[tuple[OfficeEnd, ...], Tier.COMMON]


@dataclass(frozen=True)
class OfficeEnd:
    """The last day of a mandate; nobody is named, for want of a consent that would cover it."""

    on: CommonDate


@dataclass(frozen=True)
class AssemblyReport:
    """Everything that the templates of `assembly_report` may use."""

    language: PublicText
    subject: PublicText
    since: PublicDate
    until: PublicDate
    next_assembly: PublicDate
    minimum: PublicNumber
    statuses: Annotated[tuple[StatusRow, ...], Tier.COMMON]
    total: CommonCount
    masked: Annotated[Tiered[bool], Tier.COMMON]
    arrivals: CommonCount
    departures: CommonCount
    offices: Annotated[tuple[OfficeRow, ...], Tier.COMMON]
    missions: CommonText


@dataclass(frozen=True)
class Frame:
    """What the mappings say: who counts as a member, in which order, the offices, and the numbers."""

    statuses: Mapping[str, Text]
    offices: Sequence[Office]
    subject: Text
    missions: Text
    minimum: int
    months: int


def half_year(on: date, months: int) -> date:
    """Return the first day of the period that a report of this day tells about."""
    return on - relativedelta(months=months)


def build(facts: ReportInput, frame: Frame, *, language: str) -> AssemblyReport:
    """Return the report's values in one language, every figure about people suppressed where it is small."""
    members = set(frame.statuses)
    table = suppress({key: list(facts.now).count(key) for key in frame.statuses}, minimum=frame.minimum)
    rows = tuple(
        StatusRow(public(_said(label, language)), common(table.cells[key]))
        for key, label in frame.statuses.items()
    )
    arrivals, departures = _moves(facts, members)
    shown = [suppress_one(each, minimum=frame.minimum) for each in (arrivals, departures)]
    return AssemblyReport(
        language=public(language),
        subject=public(_said(frame.subject, language)),
        since=public(half_year(facts.on, frame.months)),
        until=public(facts.on),
        next_assembly=public(facts.on + relativedelta(months=frame.months)),
        minimum=public(frame.minimum),
        statuses=rows,
        total=common(table.total),
        masked=common(table.masked or None in shown),
        arrivals=common(shown[0]),
        departures=common(shown[1]),
        offices=tuple(_office(each, facts, language) for each in frame.offices),
        missions=common(_said(frame.missions, language)),
    )


def _moves(facts: ReportInput, members: AbstractSet[str]) -> tuple[int, int]:
    """Count who became a member during the half year, and who ceased to be one."""
    pairs = [(was in members, now in members) for was, now in zip(facts.before, facts.now, strict=True)]
    return pairs.count((False, True)), pairs.count((True, False))


def _office(office: Office, facts: ReportInput, language: str) -> OfficeRow:
    ends = sorted(
        {
            mandate.until
            for mandate in facts.mandates
            if mandate.office == office.id
            and mandate.until is not None
            and mandate.since <= facts.on <= mandate.until
        }
    )
    return OfficeRow(
        label=public(_said(office.label, language)),
        vacant=common(not ends),
        ends=tuple(OfficeEnd(common(each)) for each in ends),
    )


def _said(text: Text, language: str) -> str:
    return text.fr if language == "fr" else text.en
