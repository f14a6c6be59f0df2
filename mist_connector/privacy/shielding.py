"""Shielding: contacts that are people of the register's, found, moved into it, and searched for.

Everything happens inside the CRM, by code that its administrator's account runs and that is removed in the
same run. Only numbers of contacts, codes and counts travel; a name never does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.identity import identity_of
from mist_connector.blueprint.server_files import joined
from mist_connector.blueprint.shielding import Shielding
from mist_connector.bylaws.sync_limits import Names, SyncLimits
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.journal import MOST_CODES
from mist_connector.crm.port import Crm
from mist_connector.language import _
from mist_connector.reporting import Reporter

NAME = "mise à l’abri"
_FIND, _SHIELD, _VERIFY = (joined("privacy", part) for part in ("find", "shield", "verify"))
# Columns of a contact that the CRM needs and that tell nothing, beside those that `sync.yaml` names.
_TECHNICAL = (
    "id",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
    "complete_name",
    "commercial_partner_id",
    "partner_share",
)


class How(StrEnum):
    """How a contact came to be a candidate."""

    FILE = "file"
    TAG = "tag"
    MAIL = "mail"
    LINKED = "linked"


@dataclass(frozen=True)
class Named:
    """A line of an administrator's list: a contact, whose it is, and what the list says of her."""

    contact: str = field(repr=False)
    line: int
    person: str = ""
    values: Mapping[str, str | bool] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Candidate:
    """A contact that is somebody of the register's, or is to be; `left` says why it is left alone.

    `hangs`: how many records of each model lead to it, by which field. An empty `person` is somebody new;
    `split` is then her given name and her family name, if the names were asked for.
    """

    contact: int
    how: How
    person: str
    left: str
    line: int
    hangs: tuple[tuple[str, str, int], ...] = ()
    split: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Found:
    """All candidates, and the lines of a list that lead to none or to several.

    `already`: the people whose contacts show their code alone, so that there is nothing to do for them.
    """

    candidates: tuple[Candidate, ...]
    problems: tuple[tuple[int, str], ...]
    already: tuple[str, ...] = ()

    @property
    def ready(self) -> tuple[Candidate, ...]:
        """Those that can be shielded."""
        return tuple(each for each in self.candidates if not each.left)


@dataclass(frozen=True)
class Place:
    """A record outside of the register that names a person: by its model and number."""

    model: str
    id: int
    person: str


@dataclass(frozen=True)
class Shielded:
    """What one step did: contacts with their codes, and how many records went or were cleaned, by model."""

    done: Mapping[int, str]
    left: tuple[tuple[int, str], ...]
    removed: Mapping[str, int]
    cleaned: Mapping[str, int]
    elsewhere: tuple[Place, ...]


@dataclass(frozen=True)
class Searched:
    """A search for people outside of the register; `unread`: files that are no text."""

    people: tuple[str, ...]
    places: tuple[Place, ...]
    unread: int


class Shield:
    """Shielding in one CRM, with its administrator's account."""

    def __init__(
        self, elevated: Elevated, shielding: Shielding, limits: SyncLimits, blueprint: Blueprint
    ) -> None:
        self._elevated, self._settings = elevated, shielding
        self._options = options_of(shielding, limits, blueprint)

    @classmethod
    @contextmanager
    def opened(
        cls, crm: Crm, shielding: Shielding, limits: SyncLimits, blueprint: Blueprint
    ) -> Iterator[Shield]:
        """Give the CRM the code for as long as it takes."""
        with Elevated.opened(crm, NAME, _FIND, _SHIELD, _VERIFY) as elevated:
            yield cls(elevated, shielding, limits, blueprint)

    def find(
        self, lines: Sequence[Named], tags: Sequence[str], *, again: bool = False, names: bool = False
    ) -> Found:
        """Return the candidates; nothing is written.

        `again`: also those that were shielded before; `names`: also how the names of new people are split.
        """
        asked = [{"contact": each.contact, "person": each.person, "line": each.line} for each in lines]
        answer = self._elevated.run(
            _FIND, {**self._options, "lines": asked, "tags": list(tags), "again": again, "names": names}
        )
        return Found(
            tuple(_candidate(row) for row in answer["rows"]),
            tuple((line, reason) for line, reason in answer["problems"]),
            tuple(sorted(answer["already"])),
        )

    def steps(self, candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
        """Yield the candidates in parts that are shielded in one transaction each."""
        for start in range(0, len(candidates), self._settings.batch):
            yield candidates[start : start + self._settings.batch]

    def apply(
        self,
        step: Sequence[Candidate],
        lines: Sequence[Named],
        *,
        redact: bool,
        languages: Collection[str],
        entry: Mapping[str, object],
    ) -> Shielded:
        """Move these identities into the register and out of everything else: all, or nothing.

        `entry`: what the journal of reads notes of it, in the same transaction.
        """
        told = {each.line: each.values for each in lines}
        contacts = [
            {
                "contact": each.contact,
                "person": each.person,
                "values": dict(told.get(each.line, {}) if each.how is How.FILE else {}),
            }
            for each in step
        ]
        payload = {
            **self._options,
            "contacts": contacts,
            "redact": redact,
            "entry": dict(entry),
            "most_codes": MOST_CODES,
            "languages": {language: language for language in languages},
        }
        answer = self._elevated.run(_SHIELD, payload)
        return Shielded(
            done=dict(answer["done"]),
            left=tuple((contact, reason) for contact, reason in answer["left"]),
            removed=answer["removed"],
            cleaned=answer["cleaned"],
            elsewhere=places_of(answer["elsewhere"]),
        )

    def verify(self, codes: Sequence[str], reporter: Reporter) -> Searched:
        """Look through every text of every table for these people; none given: for everybody."""
        people: list[str] = []
        places: list[Place] = []
        unread = 0
        while True:
            start, limit = len(people), self._settings.batch
            part = list(codes)[start : start + limit]
            payload = {
                **self._options,
                "codes": part,
                "offset": 0 if codes else start,
                "limit": limit,
                "files": True,
            }
            answer = self._elevated.run(_VERIFY, payload)
            people += answer["searched"]
            places += places_of(answer["places"])
            unread = answer["unread"]
            reporter.progress(_("Recherche"), len(people), len(codes) or None)
            if len(answer["searched"]) < limit or (codes and len(people) >= len(codes)):
                return Searched(tuple(people), tuple(places), unread)


def _candidate(row: Mapping[str, Any]) -> Candidate:
    hangs = tuple((str(model), str(column), int(count)) for model, column, count in row["hangs"])
    split = tuple(str(part) for part in row["split"])
    return Candidate(row["contact"], How(row["how"]), row["person"], row["left"], row["line"], hangs, split)


def options_of(shielding: Shielding, limits: SyncLimits, blueprint: Blueprint) -> dict[str, object]:
    """Return what the mappings say of contacts and identity, as the code that runs in the CRM takes it."""
    return {
        "zone": blueprint.frame.timezone,
        "identity": identity_of(blueprint).options(),
        "goes": _lists(shielding.goes),
        "empties": _lists(shielding.empties),
        "copies": _lists(shielding.copies),
        "fleeting": list(shielding.fleeting),
        "mark": shielding.mark,
        "keeps": sorted({*limits.contact_may_have, *_TECHNICAL}),
        "named": limits.names is Names.BY_CONSENT,
    }


def places_of(rows: Sequence[Sequence[Any]]) -> tuple[Place, ...]:
    """Return places as values, in order."""
    return tuple(Place(*row) for row in sorted(map(tuple, rows)))


def _lists(names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {model: list(columns) for model, columns in names.items()}
