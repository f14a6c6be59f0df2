"""What staff print for the day of an assembly, and what may be told of it outside."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

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

RegisterText = Annotated[Tiered[str], Tier.REGISTER]
RegisterFlag = Annotated[Tiered[bool], Tier.REGISTER]
PublicFlag = Annotated[Tiered[bool], Tier.PUBLIC]


@dataclass(frozen=True)
class Expected:
    """Somebody invited, as staff call her, and whether she has a vote; None: no list is frozen yet."""

    name: str
    code: str
    votes: bool | None


@dataclass(frozen=True)
class ExpectedRow:
    """A line of the attendance sheet."""

    name: RegisterText
    code: RegisterText
    votes: RegisterFlag


@dataclass(frozen=True)
class AttendanceSheet:
    """Everything that the templates of `attendance_sheet` may use."""

    language: PublicText
    subject: PublicText
    on: CommonDate
    hour: CommonText
    frozen: CommonFlag
    people: Annotated[tuple[ExpectedRow, ...], Tier.REGISTER]


def attendance_sheet(
    on: date, hour: str, people: Sequence[Expected], *, subject: Text, language: str
) -> AttendanceSheet:
    """Return the values of the sheet on which staff note who comes and goes."""
    return AttendanceSheet(
        language=public(language),
        subject=public(said(subject, language)),
        on=common(on),
        hour=common(hour),
        frozen=common(any(each.votes is not None for each in people)),
        people=tuple(
            ExpectedRow(
                Tiered(each.name, Tier.REGISTER),
                Tiered(each.code, Tier.REGISTER),
                Tiered(bool(each.votes), Tier.REGISTER),
            )
            for each in sorted(people, key=lambda person: (_alphabetical(person.name), person.code))
        ),
    )


def _alphabetical(name: str) -> str:
    """Return a name as a dictionary files it: capitals and accents aside."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


@dataclass(frozen=True)
class Ballot:
    """Something to vote on; `choices` None: for or against. A choice without a name stands as a letter."""

    title: Text
    choices: Sequence[str | None] | None


@dataclass(frozen=True)
class ChoiceRow:
    """A choice on a ballot paper."""

    letter: PublicText
    has_name: CommonFlag
    name: CommonText


@dataclass(frozen=True)
class BallotRow:
    """One ballot paper."""

    title: CommonText
    elects: CommonFlag
    choices: Annotated[tuple[ChoiceRow, ...], Tier.COMMON]


@dataclass(frozen=True)
class BallotPapers:
    """Everything that the templates of `ballot_paper` may use: nothing that tells one from another."""

    language: PublicText
    subject: PublicText
    ballots: Annotated[tuple[BallotRow, ...], Tier.COMMON]


def ballot_papers(ballots: Sequence[Ballot], *, subject: Text, language: str) -> BallotPapers:
    """Return the values of the ballot papers of an assembly, one for each vote."""
    return BallotPapers(
        public(language), public(said(subject, language)), tuple(_ballot(each, language) for each in ballots)
    )


def _ballot(ballot: Ballot, language: str) -> BallotRow:
    choices = [*(ballot.choices or ())]
    # Named ones first: the order in which they came forward is nobody's business.
    ordered = sorted(choices, key=lambda name: (name is None, name or ""))
    return BallotRow(
        title=common(said(ballot.title, language)),
        elects=common(ballot.choices is not None),
        choices=tuple(
            ChoiceRow(public(_letter(place)), common(name is not None), common(name or ""))
            for place, name in enumerate(ordered)
        ),
    )


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < ord("Z") - ord("A") + 1 else str(place + 1)


@dataclass(frozen=True)
class Ruled:
    """What became of an item, in words that the mappings hold: titles that staff typed may hold anything.

    `title`: one that staff typed for outside, and that was looked through for names.
    """

    kind: Text
    office: Text | None
    state: Text
    names: Sequence[str] = ()
    title: Text | None = None


@dataclass(frozen=True)
class OutsideName:
    """Somebody who agreed to be known outside."""

    name: PublicText


@dataclass(frozen=True)
class RuledRow:
    """An item and what became of it, for anybody to read."""

    number: PublicNumber
    kind: PublicText
    has_office: PublicFlag
    office: PublicText
    title: PublicText
    state: PublicText
    names: Annotated[tuple[OutsideName, ...], Tier.PUBLIC]


@dataclass(frozen=True)
class OutsideMinutes:
    """Everything that the templates of `outside_minutes` may use: no figure of people, no internal word."""

    language: PublicText
    subject: PublicText
    on: PublicDate
    has_quorum: PublicFlag
    quorum: PublicFlag
    items: Annotated[tuple[RuledRow, ...], Tier.PUBLIC]


def outside_minutes(
    on: date, items: Sequence[Ruled], *, quorum: bool | None, subject: Text, language: str
) -> OutsideMinutes:
    """Return the values of the minutes for funders and the prefecture."""
    return OutsideMinutes(
        language=public(language),
        subject=public(said(subject, language)),
        on=public(on),
        has_quorum=public(quorum is not None),
        quorum=public(bool(quorum)),
        items=tuple(_ruled(number, each, language) for number, each in enumerate(items, start=1)),
    )


def _ruled(number: int, ruled: Ruled, language: str) -> RuledRow:
    return RuledRow(
        number=public(number),
        kind=public(said(ruled.kind, language)),
        has_office=public(ruled.office is not None),
        office=public(said(ruled.office, language) if ruled.office else ""),
        title=public(said(ruled.title, language) if ruled.title else ""),
        state=public(said(ruled.state, language)),
        names=tuple(OutsideName(public(each)) for each in sorted(ruled.names)),
    )
