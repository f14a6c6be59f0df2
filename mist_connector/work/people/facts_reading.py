"""The facts of the register as the engine takes them, read model by model; no identity is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Model
from mist_connector.blueprint.fact_models import shapes_of
from mist_connector.bylaws.fact_shapes import FactShapes, singular
from mist_connector.bylaws.facts import CommonFacts, Dated, Facts
from mist_connector.conditions.holds import holds
from mist_connector.crm.batches import Row
from mist_connector.crm.days import day_of
from mist_connector.crm.port import Crm, Domain
from mist_connector.crm.together import Wanted, read_together
from mist_connector.errors import AccessRefused
from mist_connector.language import _, worded

from .addresses import compared

# For each model that links lead to: the code of each record.
Codes = Mapping[str, Mapping[int, str]]

PERSON = "person"
_KNOWN = frozenset(each.name for each in fields(Facts))
# Of what grows with each mail, only what somebody still has to do.
_ONLY: Mapping[str, Domain] = {"dispatches": [["x_state", "=", "failed"], ["x_handled_on", "=", False]]}
CODE = "x_name"
CHANGED = "write_date"


@dataclass(frozen=True)
class FunctionRecord:
    """A function as the CRM holds it: whose, and with which account."""

    id: int
    code: str
    person: str
    account: int | None


@dataclass(frozen=True)
class PersonRecord:
    """A person as the CRM holds her: facts under her code, and the contact that stands for her.

    `changed`: when she or one of her facts was last entered or changed, in universal time.
    """

    id: int
    facts: Facts
    contact: int | None
    changed: datetime | None = None


@dataclass(frozen=True)
class RegisterFacts:
    """Everything that statuses and roles are decided from; `zone`: where the association's days begin."""

    people: tuple[PersonRecord, ...]
    functions: tuple[FunctionRecord, ...]
    zone: tzinfo = UTC

    def changed_since(self, day: date) -> frozenset[str]:
        """Return the codes of people of whom something was entered or changed on a day or later."""
        # The CRM notes universal time.
        start = datetime.combine(day, time(), self.zone).astimezone(UTC).replace(tzinfo=None)
        return frozenset(each.facts.code for each in self.people if each.changed and each.changed >= start)


def read_facts(
    crm: Crm, blueprint: Blueprint, *, only: Collection[str] | None = None, apart: bool = False
) -> RegisterFacts:
    """Read the facts of everybody, in one request as far as their number allows.

    `only`: the relations to read, functions always among them; the others stay empty, which costs nothing.
    `apart`: what is kept apart from the register too, as far as this account may read it.
    """
    person = blueprint.model(PERSON)
    kinds = shapes_of(blueprint)
    scalars = list(kinds.scalars)
    columns = [CODE, CHANGED, "x_contact_id", *(person.field(name).column for name in scalars)]
    wanted = {PERSON: Wanted(person.technical, tuple(columns))}
    wanted |= dict(_relations_wanted(blueprint, person, only, apart=apart))
    rows, behind = _read(crm, blueprint, wanted)
    codes = {row["id"]: row[CODE] for row in rows}
    known = {PERSON: codes, **_codes(person, blueprint, behind)}
    facts = {name: _facts_by_person(name, found, blueprint, known) for name, found in behind.items()}
    changes = _changes(rows, behind)
    people = tuple(
        PersonRecord(
            row["id"],
            _facts(row, person, kinds, facts),
            row["x_contact_id"] or None,
            changes.get(row["id"]),
        )
        for row in rows
    )
    zone = ZoneInfo(blueprint.frame.timezone)
    return RegisterFacts(people, tuple(_functions(behind["functions"], codes)), zone)


def _changes(people: list[Row], behind: Mapping[str, list[Row]]) -> dict[int, datetime]:
    """Return when each person, or one of her facts, was last changed."""
    latest = {row["id"]: row[CHANGED] or "" for row in people}
    for rows in behind.values():
        for row in rows:
            person, changed = row["x_person_id"], row[CHANGED] or ""
            latest[person] = max(latest.get(person, ""), changed)
    return {person: datetime.fromisoformat(changed) for person, changed in latest.items() if changed}


def _codes(person: Model, blueprint: Blueprint, behind: Mapping[str, list[Row]]) -> Codes:
    """Return the codes of the facts that were read, by their model."""
    return {
        _target(person.field(name), blueprint).key: {row["id"]: row[CODE] for row in rows}
        for name, rows in behind.items()
    }


def read_common_facts(crm: Crm, blueprint: Blueprint) -> CommonFacts:
    """Read what is recorded of the association itself, as far as this account may."""
    same, alike = compared(crm, blueprint)
    found: dict[str, Any] = {"shared_addresses": same, "alike": alike}
    kinds = {
        name: (shape, blueprint.model(singular(name)))
        for name, shape in shapes_of(blueprint).commons.items()
        if name not in found
    }
    wanted = [
        Wanted(model.technical, tuple(dict.fromkeys(_columns(shape, model).values())))
        for shape, model in kinds.values()
    ]
    for (name, (shape, model)), rows in zip(
        kinds.items(), read_together(crm, wanted, blueprint), strict=True
    ):
        columns = _columns(shape, model)
        values = [
            {part: _value(model, part, row[column], {}) for part, column in columns.items()}
            for row in _allowed(rows, model)
        ]
        found[name] = tuple(sorted((shape(**each) for each in values), key=str))
    return CommonFacts(**found)


def _relations_wanted(
    blueprint: Blueprint, person: Model, only: Collection[str] | None, *, apart: bool
) -> Iterator[tuple[str, Wanted]]:
    """Yield what is to be read of every kind of fact that is wanted."""
    for name, shape in shapes_of(blueprint).relations.items():
        hidden = person.field(name).type is FieldType.APART
        if (only is not None and name not in {*only, "functions"}) or (hidden and not apart):
            continue
        model = _target(person.field(name), blueprint)
        columns = [CODE, CHANGED, "x_person_id", *_columns(shape, model).values()]
        if name == "functions":
            columns.append("x_user_id")
        if "until" in {part.name for part in fields(shape)} and model.last is not None:
            columns.append(model.last)
        yield name, Wanted(model.technical, tuple(dict.fromkeys(columns)), _ONLY.get(name, ()))


def _read(
    crm: Crm, blueprint: Blueprint, wanted: Mapping[str, Wanted]
) -> tuple[list[Row], dict[str, list[Row]]]:
    """Read people, and the records of each kind of fact, by the name of the relation."""
    person = blueprint.model(PERSON)
    found = dict(zip(wanted, read_together(crm, list(wanted.values()), blueprint), strict=True))
    people = _allowed(found.pop(PERSON), person)
    return people, {
        name: _allowed(rows, _target(person.field(name), blueprint)) for name, rows in found.items()
    }


def _allowed(rows: list[Row] | None, model: Model) -> list[Row]:
    """Return what was read; what the mappings keep from the connector may be kept from this account too."""
    if rows is None and "connector" in model.access:
        raise AccessRefused(
            _("Ce compte n'a pas le droit de lire « {plural} ».").format(plural=worded(model.plural)),
            todo=_("utilisez le compte du connecteur, et vérifiez que « mist apply » est passé"),
        )
    return rows or []


def _target(field: Field, blueprint: Blueprint) -> Model:
    assert field.to is not None  # noqa: S101 - checked when the mappings are read
    return blueprint.model(field.to)


def _columns(shape: type, model: Model) -> dict[str, str]:
    """Return the column of each part of a fact that the model has; its code is its name in the CRM."""
    names = [part.name for part in fields(shape)]
    columns = {field.key: field.column for field in model.fields} | {"code": CODE}
    return {name: columns[name] for name in names if name in columns}


def _facts_by_person(
    name: str, rows: list[Row], blueprint: Blueprint, codes: Codes
) -> dict[int, tuple[Dated, ...]]:
    shape = shapes_of(blueprint).relations[name]
    model = _target(blueprint.model(PERSON).field(name), blueprint)
    columns = _columns(shape, model)
    grouped: dict[int, list[Dated]] = defaultdict(list)
    for row in rows:
        # What ended a term counts, not what was planned.
        ended = {"x_until": row[model.last] or row["x_until"]} if "until" in columns and model.last else {}
        read = {**row, **ended}
        values = {part: _value(model, part, read[column], codes) for part, column in columns.items()}
        fact = shape(**values)
        # What the engine knows under a name of its own leaves out by itself what was withdrawn.
        if model.counts is None or name in _KNOWN or holds(model.counts, fact, on=date.max):
            grouped[row["x_person_id"]].append(fact)
    return {person: tuple(sorted(found, key=str)) for person, found in grouped.items()}


def _value(model: Model, part: str, value: Any, codes: Codes) -> Any:  # noqa: ANN401 - as the CRM has it
    """Return a value as facts have it: dates as dates, links as codes."""
    if part == "code":
        return value
    match model.field(part).type:
        case FieldType.DATE:
            return day_of(value)
        case FieldType.LINK:
            return codes.get(model.field(part).to or "", {}).get(value, "")
        case FieldType.FLAG:
            return bool(value)
        case FieldType.TEXT:
            return value or ""
        case _:
            return value or None


def _facts(
    row: Row, person: Model, kinds: FactShapes, facts: Mapping[str, Mapping[int, tuple[Dated, ...]]]
) -> Facts:
    own = {name: _value(person, name, row[person.field(name).column], {}) for name in kinds.scalars}
    several: dict[str, Any] = {name: found.get(row["id"], ()) for name, found in facts.items()}
    return kinds.facts(code=row[CODE], **own, **several)


def _functions(rows: list[Row], codes: Mapping[int, str]) -> list[FunctionRecord]:
    return [
        FunctionRecord(row["id"], row[CODE], codes.get(row["x_person_id"], ""), row["x_user_id"] or None)
        for row in rows
    ]
