"""Who holds which office until when; a name only where a consent of its holder covers it that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .said import said
from .tiered import (
    CommonDate,
    CommonFlag,
    CommonText,
    PublicDate,
    PublicNumber,
    PublicText,
    Tiered,
    common,
    public,
)


@dataclass(frozen=True)
class Held:
    """A mandate in force; `name` None: no consent covers it, and only the office is told."""

    office: str
    since: date
    until: date | None
    name: str | None


@dataclass(frozen=True)
class HolderRow:
    """One seat that is taken."""

    has_name: CommonFlag
    name: CommonText
    since: CommonDate
    has_until: CommonFlag
    until: CommonDate


@dataclass(frozen=True)
class OfficeSeats:
    """An office, its seats, and who holds them."""

    label: PublicText
    has_seats: Annotated[Tiered[bool], Tier.PUBLIC]
    seats: PublicNumber
    vacant: CommonFlag
    holders: Annotated[tuple[HolderRow, ...], Tier.COMMON]


@dataclass(frozen=True)
class MandateTable:
    """Everything that the templates of `mandate_table` and `voices_list` may use."""

    language: PublicText
    subject: PublicText
    on: PublicDate
    offices: Annotated[tuple[OfficeSeats, ...], Tier.COMMON]


def mandate_table(
    held: Iterable[Held], offices: Sequence[Office], *, on: date, subject: Text, language: str
) -> MandateTable:
    """Return the values of a table of mandates: the given offices, in their order."""
    rows = list(held)
    return MandateTable(
        language=public(language),
        subject=public(said(subject, language)),
        on=public(on),
        offices=tuple(_seats(each, rows, language) for each in offices),
    )


def _seats(office: Office, held: Iterable[Held], language: str) -> OfficeSeats:
    own = [each for each in held if each.office == office.id]
    # In the order of their ends, then of their names: the order of the register would tell who is who.
    holders = sorted(own, key=lambda each: (each.until or date.max, each.since, each.name or ""))
    return OfficeSeats(
        label=public(said(office.label, language)),
        has_seats=public(office.seats is not None),
        seats=public(office.seats.value if office.seats else 0),
        vacant=common(not own),
        holders=tuple(_holder(each) for each in holders),
    )


def _holder(held: Held) -> HolderRow:
    return HolderRow(
        has_name=common(held.name is not None),
        name=common(held.name or ""),
        since=common(held.since),
        has_until=common(held.until is not None),
        until=common(held.until or date.min),
    )
