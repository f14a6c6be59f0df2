"""Erasure on request: what goes, what must stay and why, then all of it in one transaction inside the CRM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.declaration import Blueprint, FieldType, Model, Operation
from mist_connector.blueprint.retention import Retention
from mist_connector.bylaws.expectations import Expectation
from mist_connector.crm.batches import batches
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm
from mist_connector.errors import MistError, WriteRefused

from .contact_code import CONTACTS
from .due_code import due_code
from .erase_code import ABOUT_HER, ERASE, PREVIEW
from .identity_code import PATTERNS
from .shield_code import SHIELD
from .shielding import Place, places_of
from .sweep_code import SWEEP

NAME = "mist : effacement"
_BEFORE = f"{PATTERNS}\n{SWEEP}\n{CONTACTS}"
_PREVIEW, _ERASE = f"{_BEFORE}\n{PREVIEW}", f"{_BEFORE}\n{ABOUT_HER}\n{SHIELD}\n{ERASE}"
_UNKNOWN = re.compile(r"mist: nobody has the code (?P<code>\S+)")
_AT_ONCE = 200  # each takes the CRM a search in every model that leads to people
PERSON, STATUS = "person", "status"
# Whether there is a file or an examination is not for whoever runs this: what the connector reads is counted.
CONNECTOR = "connector"
# What is written about her; her status stays, for an exclusion is final. Lists of facts are their own.
WRITTEN = frozenset(
    {
        FieldType.TEXT,
        FieldType.NOTE,
        FieldType.DATE,
        FieldType.FLAG,
        FieldType.NUMBER,
        FieldType.CHOICE,
    }
)
_STORED = WRITTEN | {FieldType.JOINED}


@dataclass(frozen=True)
class Erasure:
    """How many records of each model go, stay, or are other people's; `hangs`: what hangs on her contact."""

    code: str
    anonymous: bool
    in_force: int
    goes: Mapping[str, int]
    stays: Mapping[str, int]
    of_others: Mapping[str, int]
    contact: int = 0
    hangs: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Erased:
    """What was done, and the places outside of the register where she is still named."""

    removed: Mapping[str, int]
    cleaned: Mapping[str, int]
    places: tuple[Place, ...]
    unread: int


class Erasing:
    """One person's erasure in one CRM, with its administrator's account."""

    def __init__(self, elevated: Elevated, options: Mapping[str, object], due: str) -> None:
        self._elevated, self._options, self._due = elevated, options, due

    @classmethod
    @contextmanager
    def opened(
        cls,
        crm: Crm,
        blueprint: Blueprint,
        retention: Retention,
        shielding: Mapping[str, object],
        due: Expectation | None = None,
    ) -> Iterator[Erasing]:
        """Give the CRM the code for as long as it takes; `shielding` are the options of a shielding.

        `due`: what finds whose data are kept for too long.
        """
        options = {**shielding, "register": [*_register(blueprint, retention)]}
        options["person_columns"] = [
            field.column
            for field in blueprint.model(PERSON).fields
            if field.type in _STORED and field.key != STATUS
        ]
        finding = due_code(due, blueprint) if due else ""
        with Elevated.opened(crm, NAME, *filter(None, (_PREVIEW, _ERASE, finding))) as elevated:
            yield cls(elevated, options, finding)

    def due(self) -> list[str]:
        """Return the codes of those whose data are kept for too long; nobody's where no time is set."""
        return list(self._elevated.run(self._due, {})["codes"]) if self._due else []

    def preview(self, codes: Sequence[str]) -> list[Erasure]:
        """Count what would go and what would stay of each; nothing is written.

        Raises MistError where nobody has one of the codes.
        """
        answers = [
            answer
            for some in batches(codes, most=_AT_ONCE)
            for answer in self._run(_PREVIEW, {"codes": list(some)})["people"]
        ]
        return [
            Erasure(
                code=code,
                anonymous=answer["anonymous"],
                in_force=answer["in_force"],
                goes=answer["goes"],
                stays=answer["stays"],
                of_others=answer["of_others"],
                contact=answer["contact"],
                hangs=tuple((model, column, count) for model, column, count in answer["hangs"]),
            )
            for code, answer in zip(codes, answers, strict=True)
        ]

    def erase(self, planned: Erasure, *, redact: bool, entry: Mapping[str, object]) -> Erased:
        """Erase: wholly, or not at all."""
        code, contact = planned.code, planned.contact
        contacts = [{"contact": contact, "person": code, "values": {}}] if contact else []
        more = {"contacts": contacts, "redact": redact, "entry": dict(entry)}
        answer = self._run(_ERASE, {**more, "code": code, "languages": {}, "most_codes": 0})
        return Erased(answer["removed"], answer["cleaned"], places_of(answer["places"]), answer["unread"])

    def _run(self, work: str, more: Mapping[str, object]) -> dict[str, Any]:
        try:
            return self._elevated.run(work, {**self._options, **more})
        except WriteRefused as error:
            if unknown := _UNKNOWN.search(error.what):
                raise MistError(
                    f"Personne n'a le code {unknown['code']}.", todo="vérifiez le code dans le CRM"
                ) from None
            raise


def _register(blueprint: Blueprint, retention: Retention) -> Iterator[dict[str, object]]:
    """Yield every model of ours that leads to people, and what becomes of its records."""
    staying = {each.model: each for each in retention.stays}
    for model in blueprint.models:
        links = [
            field.column for field in model.fields if field.type is FieldType.LINK and field.to == PERSON
        ]
        if links:
            without = staying[model.key].without if model.key in staying else ()
            yield {
                "key": model.key,
                "model": model.technical,
                "links": links,
                "stays": model.key in staying,
                "told": Operation.READ in model.access.get(CONNECTOR, ()),
                "without": [model.field(key).column for key in without],
                "bells": [field.column for field in model.fields if field.to == "mail.activity"],
            }


def about_people(blueprint: Blueprint) -> list[Model]:
    """Return the models of ours whose records are about one person."""
    return [
        model
        for model in blueprint.models
        if any(field.key == PERSON and field.to == PERSON for field in model.fields)
    ]
