"""What is handed to one person: forms to sign, letters, cards. A letter names nobody: others may find it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .said import said
from .shown_texts import TextGroup, TextGroups
from .tiered import CommonDate, CommonText, PublicText, Tiered, common, public

RegisterText = Annotated[Tiered[str], Tier.REGISTER]


@dataclass(frozen=True)
class Letter:
    """Everything that the templates of forms and letters may use: the same for everybody."""

    language: PublicText
    subject: PublicText
    groups: TextGroups


def letter(groups: tuple[TextGroup, ...], *, subject: Text, language: str) -> Letter:
    """Return the values of a form or letter in one language."""
    return Letter(public(language), public(said(subject, language)), groups)


@dataclass(frozen=True)
class MandateLetter:
    """Everything that the templates of `mandate_letter` may use."""

    language: PublicText
    subject: PublicText
    office: CommonText
    since: CommonDate
    has_until: Annotated[Tiered[bool], Tier.COMMON]
    until: CommonDate
    groups: TextGroups


def mandate_letter(
    office: Office,
    since: date,
    until: date | None,
    groups: tuple[TextGroup, ...],
    *,
    subject: Text,
    language: str,
) -> MandateLetter:
    """Return the values of a letter to somebody who begins a mandate."""
    return MandateLetter(
        language=public(language),
        subject=public(said(subject, language)),
        office=common(said(office.label, language)),
        since=common(since),
        has_until=common(until is not None),
        until=common(until or date.min),
        groups=groups,
    )


@dataclass(frozen=True)
class Card:
    """Everything that the templates of the cards may use; the neutral one may not read the first name."""

    language: PublicText
    subject: PublicText
    name: RegisterText
    number: PublicText


def card(name: str, number: str, *, subject: Text, language: str) -> Card:
    """Return the values of one person's card; its number is her random code."""
    return Card(
        language=public(language),
        subject=public(said(subject, language)),
        name=Tiered(name, Tier.REGISTER),
        number=public(number),
    )
