"""Temporary accounts and canaries: planted and removed by code that the CRM runs once, for its administrator.

An administrator of the CRM sees no register, so nothing here could be done by ordinary calls. Everything
planted carries the marker, by which it is found again after a kill.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pydantic import SecretStr

from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Model
from mist_connector.blueprint.records import MODULE
from mist_connector.bylaws.tiers import Tier
from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError

from .personas import Days, Door, Persona
from .planting_code import ACCOUNTS, ATTACHED, RECORD, RECORD_UNGUARDED, REMOVED, TRACES
from .words import Words

MARKER = "@preuve.invalid"
ACTION = "mist : preuve"
Payload = Mapping[str, Any]
# A decision or departure changes a person's status at once: it is recorded about somebody else.
FINAL = ("departure", "exclusion")
CONCERNED = "concerned"
REPORT = "alert"  # about nobody by name: who made it, and whom it concerns, tell who reads it


@dataclass(frozen=True)
class Target:
    """One planted record of ours: where it is, and the word that only who may read it should ever see.

    `hidden_from` are the personas whom it is about: not even direction reads what she is accused of.
    """

    model: Model
    id: int
    code: str
    word: str = field(repr=False)
    column: str = "x_name"
    shown: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    hidden_from: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What the target is called: its model's key, and apart from it one that somebody is accused in."""
        return CONCERNED if self.hidden_from else self.model.key


@dataclass(frozen=True)
class Planted:
    """Everything that was planted; `refused` are the models of which the CRM took no record."""

    targets: Mapping[str, Target]
    attachments: Mapping[str, int]
    keys: Mapping[str, tuple[int, SecretStr]] = field(repr=False)
    password: SecretStr = field(repr=False)
    contact: int = 0
    contact_word: str = field(default="", repr=False)
    refused: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)  # what escalations aim at, by external name


class Elevated:
    """Code that the CRM runs with all rights, for as long as it takes."""

    def __init__(self, crm: Crm, actions: Mapping[str, int]) -> None:
        self._crm, self._actions = crm, actions

    @classmethod
    @contextmanager
    def opened(cls, crm: Crm, *codes: str) -> Iterator[Elevated]:
        """Make one server action for each code; afterwards remove them, with those of a killed run."""
        search = [["name", "=", ACTION]]
        [model] = crm.call("ir.model", "search", domain=[["model", "=", "ir.config_parameter"]])
        values = [
            {"name": ACTION, "model_id": model, "state": "code", "code": code.strip()} for code in codes
        ]
        ids = crm.call("ir.actions.server", "create", vals_list=values)
        try:
            yield cls(crm, dict(zip(codes, ids, strict=True)))
        finally:
            crm.call(
                "ir.actions.server", "unlink", ids=crm.call("ir.actions.server", "search", domain=search)
            )

    def run(self, code: str, payload: Payload) -> dict[str, Any]:
        """Run one of the codes, and return what it answers."""
        context = {"mist_proof": payload, "lang": "fr_FR"}
        answer = self._crm.call("ir.actions.server", "run", ids=[self._actions[code]], context=context)
        return dict(answer)


def remove(crm: Crm, blueprint: Blueprint) -> dict[str, int]:
    """Remove everything that this or a killed run planted; return how many people and accounts there were."""
    with Elevated.opened(crm, REMOVED) as elevated:
        return elevated.run(REMOVED, {"marker": MARKER, "models": _in_order(blueprint)})


def plant(crm: Crm, blueprint: Blueprint, personas: Sequence[Persona], words: Words) -> Planted:
    """Plant accounts, people, one record of each model about one of them, and attachments."""
    password, register = secrets.token_urlsafe(18), words.by_tier["register"]
    payload = {
        "personas": [_account(persona) for persona in personas if persona.door is not Door.NONE],
        "password": password,
        "marker": MARKER,
        "contact": words.by_tier["common"],
        "target": {
            "x_first_name": "Inventee",
            "x_last_name": register,
            "x_email": f"cible{MARKER}",
            **_choices(blueprint.model("person"), blueprint),
        },
        "excluded": {"x_first_name": "Invente", "x_last_name": register, "x_email": f"exclue{MARKER}"},
    }
    with Elevated.opened(crm, ACCOUNTS, RECORD, RECORD_UNGUARDED, ATTACHED, TRACES) as elevated:
        made = elevated.run(ACCOUNTS, payload)
        person = Target(
            blueprint.model("person"),
            made["target"],
            made["code"],
            register,
            "x_last_name",
            made["shown"],
            _choices(blueprint.model("person"), blueprint),
        )
        _seat(elevated, blueprint, personas, made)
        targets, refused = {"person": person}, []
        for accused in (persona for persona in personas if persona.accused):
            targets[CONCERNED] = _accused(elevated, blueprint, accused, made)
        for model in about_people(blueprint):
            target = _planted(elevated, model, blueprint, made, words)
            if target is None:
                refused.append(model.key)
            else:
                targets[model.key] = target
        if made["functions"]:
            targets[REPORT] = _reported(elevated, blueprint.model(REPORT), made)
        held = [targets[key] for key in ("person", "file") if key in targets]
        attached = elevated.run(ATTACHED, {"rows": [_attachment(target) for target in held]})
        left = elevated.run(TRACES, {"rows": [_trace(target) for target in held], "marker": MARKER})
    return Planted(
        targets=targets,
        attachments=dict(zip([target.model.key for target in held], attached["ids"], strict=True)),
        keys={name: (user, SecretStr(key)) for name, (user, key) in made["keys"].items()},
        password=SecretStr(password),
        contact=made["contact"],
        contact_word=words.by_tier["common"],
        refused=tuple(refused),
        numbers=_aims(crm) | left,
    )


def _aims(crm: Crm) -> dict[str, int]:
    """Return the numbers of our own code in the CRM, and of the group of its administrators."""
    ours = ["&", ["module", "=", MODULE], ["model", "=", "ir.actions.server"]]
    settings = ["&", ["module", "=", "base"], ["name", "=", "group_system"]]
    rows = crm.call("ir.model.data", "search_read", domain=["|", *ours, *settings], fields=["name", "res_id"])
    return {row["name"]: row["res_id"] for row in rows}


def about_people(blueprint: Blueprint) -> list[Model]:
    """Return the models whose records are about one person."""
    return [
        model
        for model in blueprint.models
        if any(field.key == "person" and field.to == "person" for field in model.fields)
    ]


def login_of(persona: Persona) -> str:
    """Return the login of a persona's temporary account."""
    return f"{persona.id}{MARKER}"


def _seat(elevated: Elevated, blueprint: Blueprint, personas: Iterable[Persona], made: Payload) -> None:
    """Let those who sit on the board do so, and plant the exceptions that direction signed."""
    for persona in personas:
        about = {"x_person_id": made["people"].get(persona.id)}
        if persona.board:
            _record(
                elevated, blueprint.model("mandate"), {**about, "x_office": "board", **_term(persona.board)}
            )
        if persona.exception:
            term = _term(persona.exception)
            signed = {"x_signed_on": term["x_since"]}
            _record(elevated, blueprint.model("exception"), {**about, **signed, **term})


def _accused(elevated: Elevated, blueprint: Blueprint, accused: Persona, made: Payload) -> Target:
    """Plant an examination that is founded, about somebody who holds the direction's function."""
    model, day = blueprint.model("investigation"), _day("on", over=False)
    dates = dict.fromkeys(("x_on", "x_examined_on", "x_heard_on", "x_concluded_on"), day)
    founded = {"x_kind": "trafficking", "x_outcome": "founded", **dates}
    values = {"x_person_id": made["people"][accused.id], **founded}
    row = _record(elevated, model, values)
    if row is None:
        raise CrmError("Le CRM ne prend pas l'examen inventé.", todo="relancez la preuve avec -vv")
    word, hidden = row["code"].lower(), frozenset({accused.id})
    return Target(model, row["id"], row["code"], word, shown=row["shown"], values=values, hidden_from=hidden)


def _reported(elevated: Elevated, model: Model, made: Payload) -> Target:
    """Plant a report of a danger to the association, made by whoever has the first of the functions."""
    values = {"x_on": _day("on", over=False), "x_concerns": "association"}
    values["x_function_id"] = next(iter(made["functions"].values()))
    row = _record(elevated, model, values)
    if row is None:
        raise CrmError("Le CRM ne prend pas le signalement inventé.", todo="relancez la preuve avec -vv")
    return Target(model, row["id"], row["code"], row["code"].lower(), shown=row["shown"], values=values)


def _term(days: Days) -> dict[str, str]:
    today = date.today()  # noqa: DTZ011 - the CRM counts in local days
    since, until = (today + timedelta(days=count) for count in days)
    return {"x_since": since.isoformat(), "x_until": until.isoformat()}


def _record(elevated: Elevated, model: Model, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Record something invented, past the bylaws' guards where they refuse it; None where nothing helps."""
    payload = {"model": model.technical, "values": dict(values), "prefix": model.prefix}
    for code in (RECORD, RECORD_UNGUARDED):
        try:
            return elevated.run(code, payload)
        except CrmError:
            continue
    return None


def _planted(
    elevated: Elevated, model: Model, blueprint: Blueprint, made: Payload, words: Words
) -> Target | None:
    """Plant a record about a person; None where the CRM takes it in no way."""
    word = words.by_tier[model.tier.value]
    person = made["excluded" if model.key in FINAL else "target"]
    values = {"x_person_id": person, **_values(model, blueprint, made["functions"], word)}
    row = _record(elevated, model, values)
    if row is None:
        return None
    if model.tier is Tier.INVESTIGATION:  # it holds no text: its code is the word
        return Target(model, row["id"], row["code"], row["code"].lower(), shown=row["shown"], values=values)
    texts = [field.column for field in model.fields if _is_text(field) and field.column in values]
    return Target(model, row["id"], row["code"], word, (*texts, "x_name")[0], row["shown"], values)


def _values(model: Model, blueprint: Blueprint, functions: Mapping[str, int], word: str) -> dict[str, Any]:
    values: dict[str, Any] = _choices(model, blueprint)
    for each in model.fields:
        if _is_text(each) and model.key != "function":
            values[each.column] = word
        elif each.to == "function" and each.type is FieldType.LINK:
            values[each.column] = next(iter(functions.values()), False)
        elif each.type is FieldType.DATE and (each.required or model.tier is not Tier.INVESTIGATION):
            values[each.column] = _day(each.key, over=model.key in {"function", "accompaniment"})
    return values


def _choices(model: Model, blueprint: Blueprint) -> dict[str, Any]:
    """Return the first of each choice, but of the statuses, which follow from facts, and of what came out."""
    return {
        each.column: blueprint.vocabularies[str(each.choices)][0].id
        for each in model.fields
        if each.type is FieldType.CHOICE
        and each.choices != "statuses"
        and (each.required or model.tier is not Tier.INVESTIGATION)
    }


def _is_text(each: Field) -> bool:
    return each.type in {FieldType.TEXT, FieldType.NOTE}


def _day(key: str, *, over: bool) -> str:
    """Return a day of a term that is over, or that goes on; a fact is of ten days ago."""
    days = (-1 if over else 30) if key == "until" else -10
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the CRM counts in local days


def _account(persona: Persona) -> dict[str, Any]:
    return {
        "id": persona.id,
        "login": login_of(persona),
        "groups": list(persona.groups),
        "role": persona.role,
        "function": persona.function,
        "agreement": persona.agreement,
        "accompanies": persona.accompanies,
        "covers": persona.covers,
        "closed": persona.door is Door.CLOSED,
    }


def _attachment(target: Target) -> dict[str, Any]:
    content = f"{target.word} {target.word} {target.word}"
    return {
        "name": f"{target.word}{MARKER}",
        "content": content,
        "model": target.model.technical,
        "id": target.id,
    }


def _trace(target: Target) -> dict[str, Any]:
    export = target.model.key == "person"
    row = {"model": target.model.technical, "id": target.id, "column": target.column, "word": target.word}
    return row | {"export": export}


def _in_order(blueprint: Blueprint) -> Sequence[str]:
    """Return the models to empty, each before those that it points to."""
    models = about_people(blueprint)
    pointed = {field.to for model in models for field in model.fields if field.type is FieldType.LINK}
    return [
        blueprint.model(REPORT).technical,
        *(model.technical for model in models if model.key not in pointed),
        *(model.technical for model in models if model.key in pointed),
        blueprint.model("person").technical,
    ]
