"""What staff record about a person, without who she is: the input of the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, order=True)
class Signature:
    """She signed a document of the association (id of `mappings/signable.yaml`)."""

    on: date
    document: str
    version: str = ""


@dataclass(frozen=True, order=True)
class Departure:
    """She left: the association, or the group of active members only."""

    on: date
    scope: str


@dataclass(frozen=True, order=True)
class Exclusion:
    """A body decided to exclude her: from the association, or from the group of active members only."""

    on: date
    scope: str


@dataclass(frozen=True, order=True)
class Vote:
    """Roots voted on her becoming an active member."""

    on: date
    outcome: str


@dataclass(frozen=True, order=True)
class Mandate:
    """An office held from one day to another, both included."""

    since: date
    office: str
    until: date | None = None


@dataclass(frozen=True, order=True)
class Agreement:
    """A signed confidentiality agreement, and the days on which it is valid, both included."""

    since: date
    until: date | None = None


@dataclass(frozen=True, order=True)
class Function:
    """Paid work for the association, with the CRM account that goes with it."""

    since: date
    role: str
    login: str
    until: date | None = None
    code: str = ""


@dataclass(frozen=True, order=True)
class Accompaniment:
    """She is accompanied by somebody who works for the association, in the function of this code."""

    since: date
    function: str
    until: date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything known of one person, under her neutral code."""

    code: str
    status: str | None = None
    applied_on: date | None = None
    attested_on: date | None = None
    speaks_french: bool = False
    signatures: tuple[Signature, ...] = field(default=())
    departures: tuple[Departure, ...] = field(default=())
    exclusions: tuple[Exclusion, ...] = field(default=())
    votes: tuple[Vote, ...] = field(default=())
    mandates: tuple[Mandate, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())
    functions: tuple[Function, ...] = field(default=())
    accompaniments: tuple[Accompaniment, ...] = field(default=())


Dated = Signature | Departure | Exclusion | Vote | Mandate | Agreement | Function | Accompaniment
