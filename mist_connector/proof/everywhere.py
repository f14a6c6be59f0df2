"""A look into every model and field of the server for canaries, whatever modules are installed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.port import Crm
from mist_connector.errors import AccessRefused, CrmError

from .doors import Visitor
from .finding import UNKNOWN, Trace, trace_of
from .outcome import Outcome
from .planting import Planted
from .words import Words, shows

LATEST = 60
_TEXTS = (
    "char",
    "text",
    "html",
    "many2one",
    "reference",
    "selection",
    "json",
    "many2one_reference",
    "properties",
    "properties_definition",
)
# What hangs on a record is read by whoever reads the record.
_HANGING = ("ir.attachment", "mail.message")
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Path:
    """A field of some model that leads to a person or to a fact about her."""

    model: str
    field: str
    to: str
    trace: Trace = UNKNOWN


def fields_of_all(crm: Crm) -> dict[str, list[str]]:
    """Return the text-like fields of every model of the server, in one request."""
    rows = crm.call(
        "ir.model.fields",
        "search_read",
        domain=[["ttype", "in", list(_TEXTS)], ["model_id.transient", "=", False]],
        fields=["model", "name"],
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["model"], []).append(row["name"])
    return found


def look_everywhere(
    who: Visitor, fields: Fields, planted: Planted, words: Words, ours: Mapping[str, str]
) -> Iterator[Outcome]:
    """Yield an outcome for each model in which one of the words was read that she may not read there.

    `ours` are the tiers of our own models; what is found there is judged by the ways of reading, one by one.
    """
    seen = 0
    for model in sorted(fields):
        told = _latest(who, model, fields[model])
        seen += told is not None
        for tier, word in words.by_tier.items():
            if tier == "common" or told is None or model in ours or not shows(told, word):
                continue
            attached = model in _HANGING and _reads(who, planted)
            yield Outcome(
                who.persona.id,
                f"everywhere:{model}",
                f"balayage : {model}",
                tier,
                attached,
                seen=True,
                live=True,
            )
    yield Outcome(
        who.persona.id,
        "everywhere",
        f"balayage de {len(fields)} modèles, dont {seen} lisibles",
        "register",
        expected=False,
        seen=False,
        live=seen > 0,
    )


def _reads(who: Visitor, planted: Planted) -> bool:
    """Tell whether she reads what the attachment hangs on."""
    targets = [planted.targets[key] for key in planted.attachments]
    return any(who.say(it.model.technical, "search", domain=[["id", "=", it.id]]) != "[]" for it in targets)


def _latest(who: Visitor, model: str, fields: Sequence[str]) -> str | None:
    """Return the latest records of a model as text; with fewer fields where one of them cannot be read."""
    for names in (list(fields), ["display_name"]):
        arguments: dict[str, Any] = {"domain": [], "fields": names, "limit": LATEST, "order": "id desc"}
        try:
            rows = who.crm.call(model, "search_read", **arguments)
        except AccessRefused:
            return None
        except CrmError:
            continue
        return json.dumps(rows, ensure_ascii=False, default=str)
    return None


def unclassified(crm: Crm, blueprint: Blueprint) -> list[Path]:
    """Return every field of the server that leads to a model of ours and that the mappings do not declare."""
    declared = {(model.technical, field.column) for model in blueprint.models for field in model.fields} | {
        (model.technical, "x_association_id") for model in blueprint.models
    }
    domain = ["|", ["relation", "=like", "x_mist_%"], ["model", "=like", "x_mist_%"]]
    fields = ["model", "name", "relation", "write_uid", "write_date"]
    rows = crm.call("ir.model.fields", "search_read", domain=domain, fields=fields)
    ours = {model.technical for model in blueprint.models}
    return [
        Path(row["model"], row["name"], row["relation"] or row["model"], trace_of(row))
        for row in rows
        if (row["model"], row["name"]) not in declared and _leads(row, ours)
    ]


def _leads(row: Mapping[str, Any], ours: set[str]) -> bool:
    """Tell whether a field points to a model of ours, or is on an undeclared model named like ours."""
    return str(row["relation"] or "").startswith("x_mist_") or row["model"] not in ours
