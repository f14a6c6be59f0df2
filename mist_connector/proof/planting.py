"""Temporary accounts and canaries: planted and removed by code that the CRM runs once, for its administrator.

An administrator of the CRM sees no register, so nothing here could be done by ordinary calls. Everything
planted carries the marker, by which it is found again after a kill.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from mist_connector.blueprint.declaration import Blueprint, FieldType, Model
from mist_connector.blueprint.records import MODULE
from mist_connector.bylaws.tiers import Tier
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm
from mist_connector.crm.today import today_of

from .personas import Door, Persona
from .planting_code import ACCOUNTS, ATTACHED, RECORD, RECORD_UNGUARDED, REMOVED, TRACES
from .recording import Recorder, choices, is_text
from .words import Words

MARKER = "@preuve.invalid"
_FOREIGN = ("group_system", "group_mail_template_editor", "set_password_email")
ACTION = "preuve"
# A decision or departure changes a person's status at once: it is recorded about somebody else.
FINAL = ("departure", "exclusion")
CONCERNED = "concerned"
# Ways to delete an attachment, each of which needs one of its own.
DELETIONS = ("unlink", "route")
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
    """Everything that was planted; `refused` are the models of which the CRM took no record.

    `spare`: attachments to delete, by what is tried, persona and model: each is gone once somebody could.
    """

    targets: Mapping[str, Target]
    attachments: Mapping[str, int]
    keys: Mapping[str, tuple[int, SecretStr]] = field(repr=False)
    password: SecretStr = field(repr=False)
    contact: int = 0
    contact_word: str = field(default="", repr=False)
    refused: tuple[str, ...] = ()
    spare: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)  # what escalations aim at, by external name


def remove(crm: Crm, blueprint: Blueprint) -> dict[str, int]:
    """Remove everything that this or a killed run planted; return how many people and accounts there were."""
    with elevated_for_proof(crm, REMOVED) as elevated:
        return elevated.run(REMOVED, {"marker": MARKER, "models": _in_order(blueprint)})


def plant(crm: Crm, blueprint: Blueprint, personas: Sequence[Persona], words: Words) -> Planted:
    """Plant accounts, people, one record of each model about one of them, and attachments."""
    password, register = secrets.token_urlsafe(18), words.by_tier["register"]
    payload = {
        "zone": blueprint.frame.timezone,
        "personas": [_account(persona) for persona in personas if persona.door is not Door.NONE],
        "password": password,
        "marker": MARKER,
        "contact": words.by_tier["common"],
        "target": {
            "x_first_name": "Inventee",
            "x_last_name": register,
            "x_email": f"cible{MARKER}",
            **choices(blueprint.model("person"), blueprint),
        },
        "excluded": {"x_first_name": "Invente", "x_last_name": register, "x_email": f"exclue{MARKER}"},
    }
    with elevated_for_proof(crm, ACCOUNTS, RECORD, RECORD_UNGUARDED, ATTACHED, TRACES) as elevated:
        made = elevated.run(ACCOUNTS, payload)
        person = Target(
            blueprint.model("person"),
            made["target"],
            made["code"],
            register,
            "x_last_name",
            made["shown"],
            choices(blueprint.model("person"), blueprint),
        )
        recorder = Recorder(elevated, blueprint, today_of(blueprint, crm), made)
        _seat(recorder, personas)
        targets, refused = {"person": person}, []
        for accused in (persona for persona in personas if persona.accused):
            targets[CONCERNED] = _accused(recorder, accused)
        for model in about_people(blueprint):
            target = _planted(recorder, model, words)
            if target is None:
                refused.append(model.key)
            else:
                targets[model.key] = target
        if made["functions"]:
            targets[REPORT] = _reported(recorder)
        held = [targets[key] for key in ("person", "file") if key in targets]
        attached = elevated.run(ATTACHED, {"rows": [_attachment(target) for target in held]})
        goes = {
            (deletion, persona.id, target.model.key): _attachment(target)
            for deletion in DELETIONS
            for persona in personas
            for target in held
        }
        spare = elevated.run(ATTACHED, {"rows": list(goes.values())})
        left = elevated.run(TRACES, {"rows": [_trace(target) for target in held], "marker": MARKER})
    return Planted(
        targets=targets,
        attachments=dict(zip([target.model.key for target in held], attached["ids"], strict=True)),
        keys={name: (user, SecretStr(key)) for name, (user, key) in made["keys"].items()},
        password=SecretStr(password),
        contact=made["contact"],
        contact_word=words.by_tier["common"],
        refused=tuple(refused),
        spare=dict(zip(goes, spare["ids"], strict=True)),
        numbers=_aims(crm) | left,
    )


def elevated_for_proof(crm: Crm, *codes: str) -> AbstractContextManager[Elevated]:
    """Make the codes ready for the CRM to run; what they are given is `mist_proof` to them."""
    return Elevated.opened(crm, ACTION, *codes, payload_name="mist_proof")


def _aims(crm: Crm) -> dict[str, int]:
    """Return the numbers of our own code in the CRM, and of what of its own leads to all rights."""
    ours = ["&", ["module", "=", MODULE], ["model", "=", "ir.actions.server"]]
    foreign = ["&", ["module", "in", ["base", "mail", "auth_signup"]], ["name", "in", list(_FOREIGN)]]
    rows = crm.call("ir.model.data", "search_read", domain=["|", *ours, *foreign], fields=["name", "res_id"])
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


def _seat(recorder: Recorder, personas: Iterable[Persona]) -> None:
    """Let those who sit on the board do so, and plant the exceptions that direction signed."""
    for persona in personas:
        about = {"x_person_id": recorder.made["people"].get(persona.id)}
        if persona.board:
            recorder.record("mandate", {**about, "x_office": "board", **recorder.term(persona.board)})
        if persona.exception:
            term = recorder.term(persona.exception)
            recorder.record("exception", {**about, "x_signed_on": term["x_since"], **term})


def _accused(recorder: Recorder, accused: Persona) -> Target:
    """Plant an examination that is founded, about somebody who holds the direction's function."""
    dates = ("x_on", "x_examined_on", "x_heard_on", "x_concluded_on")
    values = {
        "x_person_id": recorder.made["people"][accused.id],
        "x_kind": "trafficking",
        "x_outcome": "founded",
        **dict.fromkeys(dates, recorder.day("on")),
    }
    row = recorder.must_record("investigation", values)
    return _coded(recorder, "investigation", row, values, hidden_from=frozenset({accused.id}))


def _reported(recorder: Recorder) -> Target:
    """Plant a report of a danger to the association, made by whoever has the first of the functions."""
    maker = next(iter(recorder.made["functions"].values()))
    values = {"x_on": recorder.day("on"), "x_concerns": "association", "x_function_id": maker}
    return _coded(recorder, REPORT, recorder.must_record(REPORT, values), values)


def _planted(recorder: Recorder, model: Model, words: Words) -> Target | None:
    """Plant a record about a person; None where the CRM takes it in no way."""
    word = words.by_tier[model.tier.value]
    person = recorder.made["excluded" if model.key in FINAL else "target"]
    values = {"x_person_id": person, **recorder.values(model, word)}
    row = recorder.record(model.key, values)
    if row is None:
        return None
    if model.tier is Tier.INVESTIGATION:
        return _coded(recorder, model.key, row, values)
    texts = [field.column for field in model.fields if is_text(field) and field.column in values]
    return Target(model, row["id"], row["code"], word, (*texts, "x_name")[0], row["shown"], values)


def _coded(
    recorder: Recorder,
    key: str,
    row: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    hidden_from: frozenset[str] = frozenset(),
) -> Target:
    """Return a target that holds no text: its code is the word."""
    return Target(
        recorder.blueprint.model(key),
        row["id"],
        row["code"],
        row["code"].lower(),
        shown=row["shown"],
        values=values,
        hidden_from=hidden_from,
    )


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
