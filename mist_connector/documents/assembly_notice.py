"""What members read of an assembly before it: the convocation and the notice of a cancellation."""

from __future__ import annotations

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
    PublicNumber,
    PublicText,
    common,
    public,
)


@dataclass(frozen=True)
class NoticeInput:
    """What a convocation says; `who_votes` None: nothing is voted on.

    `items`: the title, the kind, and where to read what is voted on (or nothing). `place` is given only where
    it may stand in a mail. `carries`: how many votes one person may carry for others; None: the statutes say
    nothing of proxies. `secret`: every election is by secret ballot. `corrected`: an earlier convocation that
    left said something else.
    """

    on: date
    hour: str
    place: str | None
    items: Sequence[tuple[Text, Text, str]]
    who_votes: Text | None
    secret: bool
    carries: int | None
    corrected: bool = False


@dataclass(frozen=True)
class AgendaLine:
    """An item of the agenda, what is done with it, and where to read what is voted on."""

    number: PublicNumber
    title: CommonText
    kind: PublicText
    paper: CommonText


@dataclass(frozen=True)
class AssemblyNotice:
    """Everything that the templates of `assembly_notice` may use."""

    language: PublicText
    subject: PublicText
    on: CommonDate
    hour: CommonText
    has_place: CommonFlag
    place: CommonText
    items: Annotated[tuple[AgendaLine, ...], Tier.COMMON]
    has_voters: CommonFlag
    who_votes: CommonText
    has_secret: CommonFlag
    has_proxies: CommonFlag
    carries: PublicNumber
    corrected: CommonFlag


def notice(told: NoticeInput, *, subject: Text, language: str) -> AssemblyNotice:
    """Return the values of a convocation in one language."""
    lines = tuple(
        AgendaLine(public(number), common(said(title, language)), public(said(kind, language)), common(paper))
        for number, (title, kind, paper) in enumerate(told.items, start=1)
    )
    return AssemblyNotice(
        language=public(language),
        subject=public(said(subject, language)),
        on=common(told.on),
        hour=common(told.hour),
        has_place=common(bool(told.place)),
        place=common(told.place or ""),
        items=lines,
        has_voters=common(told.who_votes is not None),
        who_votes=common(said(told.who_votes, language) if told.who_votes else ""),
        has_secret=common(told.secret),
        has_proxies=common(told.carries is not None),
        carries=public(told.carries or 0),
        corrected=common(told.corrected),
    )
