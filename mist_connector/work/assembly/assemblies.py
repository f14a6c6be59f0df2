"""General assemblies as the CRM holds them, read whole: agenda, who is invited, candidacies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mist_connector.bylaws.text import Text
from mist_connector.crm.batches import Row, read_all
from mist_connector.crm.port import Crm

from .convocation import Convocation, PlaceChoice

ASSEMBLY = "x_mist_assembly"
ITEM = "x_mist_item"
INVITEE = "x_mist_invitee"
CANDIDACY = "x_mist_candidacy"
MANDATE = "x_mist_mandate"

_ITEM = (
    "x_title", "x_title_en", "x_kind", "x_office", "x_secret", "x_second_round", "x_voted_at", "x_ballots",
    "x_blank", "x_votes_for", "x_votes_against", "x_state", "x_reason", "x_paper", "x_follow_up", "x_due_on",
    "x_position", "x_public_title", "x_public_title_en",
)  # fmt: skip
_ASSEMBLY = (
    "x_name", "x_on", "x_hour", "x_place", "x_place_told", "x_place_from", "x_state", "x_convened_on",
    "x_frozen_on", "x_answer", "x_seal", "x_minutes", "x_approved_on", "x_record_ids", "x_place_secret",
    "x_says", "x_said", "x_said_day", "x_said_to", "x_edition", "x_checked", "x_chair_id", "x_secretary_id",
    "x_opened_at", "x_closed_at",
)  # fmt: skip


@dataclass(frozen=True)
class CandidacyRecord:
    """Somebody who stands, by her code, and the mandate made of it."""

    id: int
    person: str
    accepted_on: date | None
    votes: int
    elected: bool
    mandate: int | None


@dataclass(frozen=True)
class ItemRecord:
    """An item of the agenda; `public`: its title for outside, where staff wrote one."""

    id: int
    title: Text
    kind: str
    office: str | None
    secret: bool
    second_round: bool
    voted_at: str
    ballots: int
    blank: int
    votes_for: int
    votes_against: int
    state: str | None
    reason: str
    paper: str
    follow_up: str
    due_on: date | None
    position: int
    candidacies: tuple[CandidacyRecord, ...]
    public: Text | None = None


@dataclass(frozen=True)
class InviteeRecord:
    """Somebody invited: whether she has a vote, her presence, and to whom she gave her vote."""

    id: int
    person: str
    entitled: bool
    presence: str
    proxy_to: str | None
    proxy_item: int | None


@dataclass(frozen=True)
class Meeting:
    """Who chaired the meeting and kept its minutes, by code, and when it was opened and closed."""

    chair: str | None = None
    secretary: str | None = None
    opened_at: str = ""
    closed_at: str = ""


@dataclass(frozen=True)
class AssemblyRecord:
    """An assembly and everything behind it; people by their codes.

    `place_told`: the place may be written in a document today. `version`: of its minutes; 0: there are none.
    """

    id: int
    code: str
    on: date
    hour: str
    place: str
    place_told: bool
    state: str
    convened_on: date | None
    frozen_on: date | None
    answer: str
    seal: str
    minutes: str
    approved_on: date | None
    version: int
    items: tuple[ItemRecord, ...]
    invitees: tuple[InviteeRecord, ...]
    choice: PlaceChoice = field(default_factory=PlaceChoice)
    convocation: Convocation = field(default_factory=Convocation)
    meeting: Meeting = field(default_factory=Meeting)


def read_assembly(crm: Crm, code: str, codes: Mapping[int, str], *, on: date) -> AssemblyRecord:
    """Return the assembly of this code, which is one of `assembly_days`.

    `codes` are those of people, by the numbers of their records; `on` is today.
    """
    [row] = read_all(crm, ASSEMBLY, _ASSEMBLY, domain=[["x_name", "=", code]])
    behind = [["x_assembly_id", "=", row["id"]]]
    items = read_all(crm, ITEM, _ITEM, domain=behind)
    columns = ("x_item_id", "x_person_id", "x_accepted_on", "x_votes", "x_elected", "x_mandate_ids")
    candidacies = read_all(crm, CANDIDACY, columns, domain=[["x_item_id.x_assembly_id", "=", row["id"]]])
    invited = ("x_person_id", "x_entitled", "x_presence", "x_proxy_to_id", "x_proxy_item_id")
    invitees = read_all(crm, INVITEE, invited, domain=behind)
    grouped: dict[int, list[CandidacyRecord]] = defaultdict(list)
    for each in candidacies:
        grouped[each["x_item_id"]].append(_candidacy(each, codes))
    found = [_item(each, tuple(grouped[each["id"]])) for each in items]
    return AssemblyRecord(
        id=row["id"],
        code=row["x_name"],
        on=date.fromisoformat(row["x_on"]),
        hour=row["x_hour"] or "",
        place=row["x_place"] or "",
        place_told=bool(row["x_place_told"]) and (_day(row["x_place_from"]) or date.min) <= on,
        state=row["x_state"] or "planned",
        convened_on=_day(row["x_convened_on"]),
        frozen_on=_day(row["x_frozen_on"]),
        answer=row["x_answer"] or "",
        seal=row["x_seal"] or "",
        minutes=row["x_minutes"] or "",
        approved_on=_day(row["x_approved_on"]),
        version=len(row["x_record_ids"]),
        choice=PlaceChoice(told=bool(row["x_place_told"]), secret=bool(row["x_place_secret"])),
        convocation=_convocation(row),
        meeting=Meeting(
            chair=codes.get(row["x_chair_id"]) if row["x_chair_id"] else None,
            secretary=codes.get(row["x_secretary_id"]) if row["x_secretary_id"] else None,
            opened_at=row["x_opened_at"] or "",
            closed_at=row["x_closed_at"] or "",
        ),
        items=tuple(sorted(found, key=lambda item: (item.position, item.id))),
        invitees=tuple(_invitee(each, codes) for each in invitees),
    )


def _convocation(row: Row) -> Convocation:
    return Convocation(
        says=row["x_says"] or "",
        said=row["x_said"] or "",
        day=_day(row["x_said_day"]),
        reached=row["x_said_to"] or 0,
        edition=row["x_edition"] or 0,
        checked=row["x_checked"] or "",
    )


def _item(row: Row, candidacies: tuple[CandidacyRecord, ...]) -> ItemRecord:
    title = row["x_title"] or ""
    return ItemRecord(
        id=row["id"],
        title=Text(fr=title, en=row["x_title_en"] or title),
        kind=row["x_kind"],
        office=row["x_office"] or None,
        secret=bool(row["x_secret"]),
        second_round=bool(row["x_second_round"]),
        voted_at=row["x_voted_at"] or "",
        ballots=row["x_ballots"],
        blank=row["x_blank"],
        votes_for=row["x_votes_for"],
        votes_against=row["x_votes_against"],
        state=row["x_state"] or None,
        reason=row["x_reason"] or "",
        paper=row["x_paper"] or "",
        follow_up=row["x_follow_up"] or "",
        due_on=_day(row["x_due_on"]),
        position=row["x_position"],
        candidacies=candidacies,
        public=_public(row),
    )


def _public(row: Row) -> Text | None:
    french = row["x_public_title"] or row["x_public_title_en"]
    return Text(fr=french, en=row["x_public_title_en"] or french) if french else None


def _candidacy(row: Row, codes: Mapping[int, str]) -> CandidacyRecord:
    return CandidacyRecord(
        id=row["id"],
        person=codes[row["x_person_id"]],
        accepted_on=_day(row["x_accepted_on"]),
        votes=row["x_votes"],
        elected=bool(row["x_elected"]),
        mandate=next(iter(row["x_mandate_ids"]), None),
    )


def _invitee(row: Row, codes: Mapping[int, str]) -> InviteeRecord:
    return InviteeRecord(
        id=row["id"],
        person=codes[row["x_person_id"]],
        entitled=bool(row["x_entitled"]),
        presence=row["x_presence"] or "",
        proxy_to=codes.get(row["x_proxy_to_id"]) if row["x_proxy_to_id"] else None,
        proxy_item=row["x_proxy_item_id"] or None,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
