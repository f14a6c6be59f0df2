"""What members read of an assembly after it: the results and the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .figures import ROOM, VOTERS, Day, Figures, Room
from .said import said
from .tiered import (
    CommonCount,
    CommonDate,
    CommonFlag,
    CommonText,
    PublicNumber,
    PublicText,
    common,
    public,
)


@dataclass(frozen=True)
class ItemInput:
    """What became of an item. `names` are those that may be told; `unnamed`: how many others are elected.

    `votes` are the words and figures of the count, disjoint, left out where they would tell somebody's vote.
    `refused`: nothing was proclaimed; the reason may tell of somebody, and stands in the original alone.
    """

    title: Text
    state: Text
    names: Sequence[str] = ()
    unnamed: int = 0
    votes: Sequence[tuple[Text, int]] = ()
    hidden: bool = False
    follow_up: str = ""
    due_on: date | None = None
    refused: bool = False


@dataclass(frozen=True)
class OutcomeInput:
    """What an assembly decided, how many had a vote and were there, and when the next one is due.

    `days`: the register on the days of the assemblies, this one last, against which its figures are weighed;
    `entitled`: the statuses that have a vote. `minutes`: the number of the minutes; `corrections`: what each
    further version of them corrects, and the day of that version.
    """

    on: date
    hour: str
    voters: int
    present: int
    represented: int
    quorum: bool | None
    items: Sequence[ItemInput]
    next_limit: date
    days: tuple[Day, ...] = ()
    entitled: Sequence[str] = ()
    minutes: str = ""
    corrections: Sequence[tuple[date, Text]] = ()


@dataclass(frozen=True)
class NameLine:
    """Somebody who agreed that her name be told."""

    name: CommonText


@dataclass(frozen=True)
class VotesLine:
    """A figure of a count."""

    label: PublicText
    count: CommonCount


@dataclass(frozen=True)
class OutcomeLine:
    """An item and what became of it."""

    number: PublicNumber
    title: CommonText
    state: CommonText
    names: Annotated[tuple[NameLine, ...], Tier.COMMON]
    unnamed: CommonCount
    votes: Annotated[tuple[VotesLine, ...], Tier.COMMON]
    hidden: CommonFlag
    follow_up: CommonText
    has_due: CommonFlag
    due_on: CommonDate
    refused: CommonFlag


@dataclass(frozen=True)
class CorrectionLine:
    """What a further version of the minutes corrects, and since when."""

    version: PublicNumber
    on: CommonDate
    text: CommonText


@dataclass(frozen=True)
class AssemblyOutcome:
    """Everything that the templates of `assembly_results` and `assembly_minutes` may use."""

    language: PublicText
    subject: PublicText
    on: CommonDate
    hour: CommonText
    minimum: PublicNumber
    voters: CommonCount
    present: CommonCount
    represented: CommonCount
    absent: CommonCount
    masked: CommonFlag
    has_quorum: CommonFlag
    quorum: CommonFlag
    items: Annotated[tuple[OutcomeLine, ...], Tier.COMMON]
    next_limit: CommonDate
    has_minutes: CommonFlag
    minutes: CommonText
    version: PublicNumber
    corrections: Annotated[tuple[CorrectionLine, ...], Tier.COMMON]


def outcome(told: OutcomeInput, *, subject: Text, minimum: int, language: str) -> AssemblyOutcome:
    """Return the values of results or minutes in one language, small figures about people masked."""
    figures = _figures(told, minimum)
    there = {name: figures.at(name) for name in (VOTERS, *ROOM)}
    if there[VOTERS] != told.voters:
        # The sealed list and the register of today differ by few people: to show both would tell of them.
        there[VOTERS] = None
    items = tuple(_line(number, item, figures, language) for number, item in enumerate(told.items, start=1))
    votes = [row.count.value for item in items for row in item.votes]
    return AssemblyOutcome(
        language=public(language),
        subject=public(said(subject, language)),
        on=common(told.on),
        hour=common(told.hour),
        minimum=public(minimum),
        voters=common(there[VOTERS]),
        present=common(there["present"]),
        represented=common(there["represented"]),
        absent=common(there["absent"]),
        masked=common(None in [*there.values(), *votes]),
        has_quorum=common(told.quorum is not None),
        quorum=common(bool(told.quorum)),
        items=items,
        next_limit=common(told.next_limit),
        has_minutes=common(bool(told.minutes)),
        minutes=common(told.minutes),
        version=public(1 + len(told.corrections)),
        corrections=tuple(
            CorrectionLine(public(version), common(on), common(said(text, language)))
            for version, (on, text) in enumerate(told.corrections, start=2)
        ),
    )


def _figures(told: OutcomeInput, minimum: int) -> Figures:
    """Return the figures of an assembly, weighed with those of the register where they are known."""
    votes = {
        f"vote{number}": {str(place): count for place, (_, count) in enumerate(item.votes)}
        for number, item in enumerate(told.items, start=1)
        if item.votes
    }
    days = told.days or (Day(told.on, {VOTERS: told.voters}),)
    entitled = tuple(told.entitled) or (VOTERS,)
    absent = told.voters - told.present - told.represented
    room = Room(told.present, told.represented, absent, votes)
    return Figures(days, minimum, entitled, room)


def _line(number: int, item: ItemInput, figures: Figures, language: str) -> OutcomeLine:
    return OutcomeLine(
        number=public(number),
        title=common(said(item.title, language)),
        state=common(said(item.state, language)),
        names=tuple(NameLine(common(name)) for name in item.names),
        unnamed=common(item.unnamed),
        votes=tuple(
            VotesLine(public(said(label, language)), common(figures.at(f"vote{number}.{place}")))
            for place, (label, _) in enumerate(item.votes)
        ),
        hidden=common(item.hidden),
        follow_up=common(item.follow_up),
        has_due=common(item.due_on is not None),
        due_on=common(item.due_on or date.min),
        refused=common(item.refused),
    )
