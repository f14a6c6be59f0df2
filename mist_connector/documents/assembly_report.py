"""The half-yearly report to the general assembly: what members may know of the association, as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .figures import ARRIVALS, DEPARTURES, TOTAL, Figures
from .register_told import RegisterTold
from .said import said
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
class StatusRow:
    """How many people have a status; None: masked."""

    label: PublicText
    count: CommonCount


@dataclass(frozen=True)
class OfficeRow:
    """An office, and until when it is held; without ends, its mandates have no fixed term (Q22)."""

    label: PublicText
    vacant: Annotated[Tiered[bool], Tier.COMMON]
    ends: Annotated[tuple[OfficeEnd, ...], Tier.COMMON]


@dataclass(frozen=True)
class OfficeEnd:
    """The last day of a mandate; nobody is named, for want of a consent that would cover it."""

    on: CommonDate


@dataclass(frozen=True)
class BesideLine:
    """A paper that no mail carries, and how to get it."""

    name: PublicText
    words: PublicText


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
    beside: Annotated[tuple[BesideLine, ...], Tier.PUBLIC]


@dataclass(frozen=True)
class Frame:
    """What the mappings say: who counts as a member, in which order, the offices, and the numbers."""

    statuses: Mapping[str, Text]
    offices: Sequence[Office]
    subject: Text
    missions: Text
    minimum: int
    months: int
    entitled: tuple[str, ...] = ()
    """The statuses that have a vote, once the association has settled it."""
    beside: tuple[tuple[Text, Text], ...] = ()
    """Papers that no mail carries, and how to get each."""


def build(told: RegisterTold, frame: Frame, *, language: str) -> AssemblyReport:
    """Return the report's values in one language, every figure about people masked where it must be."""
    figures = Figures(told.days, frame.minimum, frame.entitled)
    rows = tuple(
        StatusRow(public(said(label, language)), common(figures.at(key)))
        for key, label in frame.statuses.items()
    )
    moves = [figures.at(ARRIVALS), figures.at(DEPARTURES)]
    total = figures.at(TOTAL)
    return AssemblyReport(
        language=public(language),
        subject=public(said(frame.subject, language)),
        since=public(told.since(frame.months)),
        until=public(told.on),
        next_assembly=public(told.on + relativedelta(months=frame.months)),
        minimum=public(frame.minimum),
        statuses=rows,
        total=common(total),
        masked=common(None in (*moves, total, *(row.count.value for row in rows))),
        arrivals=common(moves[0]),
        departures=common(moves[1]),
        offices=tuple(_office(each, told, language) for each in frame.offices),
        missions=common(said(frame.missions, language)),
        beside=tuple(
            BesideLine(public(said(name, language)), public(said(words, language)))
            for name, words in frame.beside
        ),
    )


def _office(office: Office, told: RegisterTold, language: str) -> OfficeRow:
    held = [mandate for mandate in told.held_on(told.on) if mandate.office == office.id]
    ends = sorted({mandate.until for mandate in held if mandate.until is not None})
    return OfficeRow(
        label=public(said(office.label, language)),
        vacant=common(not held),
        ends=tuple(OfficeEnd(common(each)) for each in ends),
    )
