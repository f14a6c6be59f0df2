"""Erasure on request: what goes, what must stay and why, then all of it in one transaction inside the CRM."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from mist_connector.blueprint.declaration import Blueprint, FieldType, Model, Operation
from mist_connector.blueprint.retention import Retention
from mist_connector.blueprint.server_files import joined
from mist_connector.bylaws.expectations import Expectation
from mist_connector.crm.batches import batches
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm
from mist_connector.errors import OutcomeUnknown, WriteRefused
from mist_connector.language import _

from .due_code import due_code
from .receipt import Erased

NAME = "effacement"
_PREVIEW, _ERASE = joined("privacy", "preview"), joined("privacy", "erase")
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
_STORED = WRITTEN | {FieldType.JOINED, FieldType.FOLDED}


@dataclass(frozen=True)
class Erasure:
    """How many records of each model go, stay, or are other people's; `hangs`: what hangs on her contact.

    `earlier`: the erasure that the journal tells of, if there was one.
    """

    code: str
    anonymous: bool
    in_force: int
    goes: Mapping[str, int]
    stays: Mapping[str, int]
    of_others: Mapping[str, int]
    contact: int = 0
    hangs: tuple[tuple[str, str, int], ...] = ()
    earlier: Erased | None = None


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
        options["person_columns"] = person_columns(blueprint)
        finding = due_code(due, blueprint) if due else ""
        with Elevated.opened(crm, NAME, *filter(None, (_PREVIEW, _ERASE, finding))) as elevated:
            yield cls(elevated, options, finding)

    def due(self, because: str) -> tuple[list[str], list[Erased]]:
        """Return the codes of those whose data are kept for too long, and earlier erasures for this reason.

        Nobody's and none where no time is set.
        """
        if not self._due:
            return [], []
        answer = self._elevated.run(self._due, {"because": because})
        return list(answer["codes"]), [_earlier(*each) for each in answer["earlier"]]

    def preview(self, codes: Sequence[str]) -> list[Erasure]:
        """Count what would go and what would stay of each; nothing is written.

        Raises WriteRefused where nobody has one of the codes, and nobody was erased who had it.
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
                earlier=_earlier(code, *answer["earlier"]) if answer["earlier"] else None,
            )
            for code, answer in zip(codes, answers, strict=True)
        ]

    def erase(self, planned: Erasure, *, redact: bool, entry: Mapping[str, object]) -> Erased:
        """Erase: wholly, or not at all. Where another run did it meanwhile, tell what came of that."""
        code, contact = planned.code, planned.contact
        contacts = [{"contact": contact, "person": code, "values": {}}] if contact else []
        more = {"contacts": contacts, "redact": redact, "entry": dict(entry)}
        try:
            answer = self._run(
                _ERASE, {**more, "code": code, "codes": [code], "languages": {}, "most_codes": 0}
            )
        except (OutcomeUnknown, WriteRefused):
            [found] = self.preview([code])
            if found.anonymous and found.earlier is not None:
                return found.earlier
            raise
        return _earlier(code, str(entry["x_on"]), str(entry["x_account"]), answer["outcome"])

    def _run(self, work: str, more: Mapping[str, object]) -> dict[str, Any]:
        try:
            return self._elevated.run(work, {**self._options, **more})
        except WriteRefused as error:
            if unknown := _UNKNOWN.search(error.what):
                raise WriteRefused(
                    _("Personne n'a le code {code}, et mist n'a effacé personne qui l'avait.").format(
                        code=unknown["code"]
                    ),
                    todo=_("vérifiez le code dans le CRM"),
                ) from None
            raise


def _earlier(code: str, on: str, account: str, outcome: str) -> Erased:
    return Erased.told(code, date.fromisoformat(on), account, outcome)


def person_columns(blueprint: Blueprint) -> list[str]:
    """Return the columns of a person that are emptied where her record stays."""
    fields = blueprint.model(PERSON).fields
    return [field.column for field in fields if field.type in _STORED and field.key != STATUS]


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
