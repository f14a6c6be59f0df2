"""The original of the minutes, for the association's own file: everything that makes an assembly valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier

from .assembly_sheets import RegisterFlag, RegisterText
from .said import said
from .tiered import PublicDate, PublicNumber, PublicText, Tiered, public

RegisterNumber = Annotated[Tiered[int], Tier.REGISTER]


@dataclass(frozen=True)
class OriginalItem:
    """An item as it was voted; `figures`: each choice and its votes; `reason`: why nothing was proclaimed."""

    title: Text
    kind: Text
    secret: bool
    voted_at: str
    present: int
    represented: int
    needed: int
    figures: Sequence[tuple[Text, int]]
    state: Text
    elected: Sequence[str]
    reason: str


@dataclass(frozen=True)
class OriginalInput:
    """What the original says; people by the name that staff use and their code."""

    number: str
    version: int
    on: date
    hour: str
    opened_at: str
    closed_at: str
    place: str
    chair: str
    secretary: str
    frozen_on: date
    seal: str
    entitled: int
    present: int
    represented: int
    items: Sequence[OriginalItem]
    corrections: Sequence[tuple[date, Text]] = ()


@dataclass(frozen=True)
class OriginalFigure:
    """A choice, and its votes."""

    label: RegisterText
    count: RegisterNumber


@dataclass(frozen=True)
class ElectedRow:
    """Somebody who was elected."""

    name: RegisterText


@dataclass(frozen=True)
class OriginalRow:
    """An item of the original."""

    number: PublicNumber
    title: RegisterText
    kind: PublicText
    secret: RegisterFlag
    voted: RegisterFlag
    voted_at: RegisterText
    present: RegisterNumber
    represented: RegisterNumber
    has_quorum: RegisterFlag
    needed: RegisterNumber
    figures: Annotated[tuple[OriginalFigure, ...], Tier.REGISTER]
    state: RegisterText
    elected: Annotated[tuple[ElectedRow, ...], Tier.REGISTER]
    reason: RegisterText


@dataclass(frozen=True)
class OriginalCorrection:
    """What a further version corrects."""

    version: PublicNumber
    on: PublicDate
    text: RegisterText


@dataclass(frozen=True)
class OriginalMinutes:
    """Everything that the templates of `original_minutes` may use."""

    language: PublicText
    subject: PublicText
    number: RegisterText
    version: PublicNumber
    on: PublicDate
    hour: RegisterText
    opened_at: RegisterText
    closed_at: RegisterText
    place: RegisterText
    chair: RegisterText
    secretary: RegisterText
    frozen_on: PublicDate
    seal: RegisterText
    entitled: RegisterNumber
    present: RegisterNumber
    represented: RegisterNumber
    absent: RegisterNumber
    items: Annotated[tuple[OriginalRow, ...], Tier.REGISTER]
    corrections: Annotated[tuple[OriginalCorrection, ...], Tier.REGISTER]


def original_minutes(told: OriginalInput, *, subject: Text, language: str) -> OriginalMinutes:
    """Return the values of the original in one language; no figure is masked."""
    return OriginalMinutes(
        language=public(language),
        subject=public(said(subject, language)),
        number=_text(told.number),
        version=public(told.version),
        on=public(told.on),
        hour=_text(told.hour),
        opened_at=_text(told.opened_at),
        closed_at=_text(told.closed_at),
        place=_text(told.place),
        chair=_text(told.chair),
        secretary=_text(told.secretary),
        frozen_on=public(told.frozen_on),
        seal=_text(told.seal),
        entitled=_number(told.entitled),
        present=_number(told.present),
        represented=_number(told.represented),
        absent=_number(told.entitled - told.present - told.represented),
        items=tuple(_row(number, each, language) for number, each in enumerate(told.items, start=1)),
        corrections=tuple(
            OriginalCorrection(public(version), public(on), _text(said(text, language)))
            for version, (on, text) in enumerate(told.corrections, start=2)
        ),
    )


def _row(number: int, item: OriginalItem, language: str) -> OriginalRow:
    return OriginalRow(
        number=public(number),
        title=_text(said(item.title, language)),
        kind=public(said(item.kind, language)),
        secret=Tiered(item.secret, Tier.REGISTER),
        voted=Tiered(bool(item.voted_at), Tier.REGISTER),
        voted_at=_text(item.voted_at),
        present=_number(item.present),
        represented=_number(item.represented),
        has_quorum=Tiered(item.needed > 0, Tier.REGISTER),
        needed=_number(item.needed),
        figures=tuple(
            OriginalFigure(_text(said(label, language)), _number(count)) for label, count in item.figures
        ),
        state=_text(said(item.state, language)),
        elected=tuple(ElectedRow(_text(name)) for name in item.elected),
        reason=_text(item.reason),
    )


def _text(value: str) -> Tiered[str]:
    return Tiered(value, Tier.REGISTER)


def _number(value: int) -> Tiered[int]:
    return Tiered(value, Tier.REGISTER)
