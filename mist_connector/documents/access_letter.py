"""The letter that direction hands to a person: who may read what about her, until when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .said import said
from .tiered import PublicDate, PublicText, Tiered, public

RegisterText = Annotated[Tiered[str], Tier.REGISTER]
RegisterDate = Annotated[Tiered[date], Tier.REGISTER]
RegisterFlag = Annotated[Tiered[bool], Tier.REGISTER]
RegisterNumber = Annotated[Tiered[int], Tier.REGISTER]


@dataclass(frozen=True)
class Reading:
    """Some of those who may read something of hers: what they are here, what they may do, and why."""

    who: Text
    may: Text
    because: Text
    accounts: int = 1
    until: date | None = None


@dataclass(frozen=True)
class AccessTold:
    """Who reads her record in the register, and who her personal file, on a day."""

    on: date
    record: Sequence[Reading] = field(default=())
    file: Sequence[Reading] = field(default=())


@dataclass(frozen=True)
class Line:
    """One line of the letter."""

    who: RegisterText
    may: RegisterText
    because: RegisterText
    accounts: RegisterNumber
    has_until: RegisterFlag
    until: RegisterDate


@dataclass(frozen=True)
class AccessLetter:
    """Everything that the templates of `access_letter` may use; it names nobody, her neither."""

    language: PublicText
    subject: PublicText
    on: PublicDate
    has_record: RegisterFlag
    record: Annotated[tuple[Line, ...], Tier.REGISTER]
    has_file: RegisterFlag
    file: Annotated[tuple[Line, ...], Tier.REGISTER]


def access_letter(told: AccessTold, *, subject: Text, language: str) -> AccessLetter:
    """Return the values of one person's letter in one language."""
    record, file = (tuple(_line(each, language) for each in part) for part in (told.record, told.file))
    return AccessLetter(
        language=public(language),
        subject=public(said(subject, language)),
        on=public(told.on),
        has_record=Tiered(bool(record), Tier.REGISTER),
        record=record,
        has_file=Tiered(bool(file), Tier.REGISTER),
        file=file,
    )


def sample_access(on: date) -> AccessTold:
    """Return invented readers, to look at the letter before there is any register."""
    why = Text(fr="fonction en cours, accord de confidentialité valable", en="function, valid agreement")
    team = Text(fr="Équipe salariée", en="Staff")
    hers = Text(
        fr="La personne de l’équipe qui vous accompagne", en="The member of staff who accompanies you"
    )
    may = Text(fr="lire, modifier", en="read, change")
    return AccessTold(on, [Reading(team, may, why, 3, on)], [Reading(hers, may, why, 1, on)])


def _line(reading: Reading, language: str) -> Line:
    register = Tier.REGISTER
    return Line(
        who=Tiered(said(reading.who, language), register),
        may=Tiered(said(reading.may, language), register),
        because=Tiered(said(reading.because, language), register),
        accounts=Tiered(reading.accounts, register),
        has_until=Tiered(reading.until is not None, register),
        until=Tiered(reading.until or date.min, register),
    )
