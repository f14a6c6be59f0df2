"""The programme of activities: which days, for whom, and whom to ask; never where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mist_connector.bylaws.facts import Session
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .said import said
from .shown_texts import TextGroup, TextGroups
from .tiered import CommonDate, PublicText, Tiered, common, public


@dataclass(frozen=True)
class SessionRow:
    """One day of the programme."""

    on: CommonDate
    activity: PublicText


@dataclass(frozen=True)
class Programme:
    """Everything that the templates of `programme` may use."""

    language: PublicText
    subject: PublicText
    sessions: Annotated[tuple[SessionRow, ...], Tier.COMMON]
    empty: Annotated[Tiered[bool], Tier.COMMON]
    groups: TextGroups


def programme(
    sessions: Iterable[Session],
    activities: Mapping[str, Text],
    groups: tuple[TextGroup, ...],
    *,
    on: date,
    subject: Text,
    language: str,
) -> Programme:
    """Return the values of the programme from a day on."""
    coming = sorted(each for each in sessions if each.on >= on and each.activity in activities)
    rows = tuple(
        SessionRow(common(each.on), public(said(activities[each.activity], language))) for each in coming
    )
    return Programme(public(language), public(said(subject, language)), rows, common(not rows), groups)
