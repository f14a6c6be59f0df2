"""A look into every model and field of the server for canaries, whatever modules are installed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError

from .doors import Visitor
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
# What every account of the CRM reads something of: a sweep that reads nothing there is dead.
OPEN = ("res.partner", "res.users", "discuss.channel")
Fields = Mapping[str, Sequence[str]]


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
        if model in OPEN and who.persona.id != "portal":
            yield _alive(who, model, told)
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


def _alive(who: Visitor, model: str, told: str | None) -> Outcome:
    """Return that a model which every account reads was indeed read: else the sweep of it proves nothing."""
    way = f"everywhere:{model}:{who.persona.id}"
    read = told is not None and told not in {"", "[]"}
    return Outcome(
        who.persona.id, way, f"balayage vivant : {model}", "register", expected=False, seen=False, live=read
    )


def _reads(who: Visitor, planted: Planted) -> bool:
    """Tell whether she reads what the attachment hangs on."""
    targets = [planted.targets[key] for key in planted.attachments]
    return any(who.say(it.model.technical, "search", domain=[["id", "=", it.id]]) != "[]" for it in targets)


def _latest(who: Visitor, model: str, fields: Sequence[str]) -> str | None:
    """Return the latest records of a model as text: all that she may read of them, field by field if need be.

    None for a model that is closed to her as a whole.
    """
    asked: dict[str, Any] = {"domain": [], "limit": LATEST, "order": "id desc"}
    try:
        return _told(who.crm.call(model, "search_read", fields=list(fields), **asked))
    except CrmError:
        pass
    try:
        open_ones = who.crm.call(model, "fields_get", allfields=list(fields), attributes=["type"])
        who.crm.call(model, "search_read", fields=["id"], **asked)
    except CrmError:
        return None
    return " ".join(_apart(who, model, sorted(open_ones), asked))


def _apart(who: Visitor, model: str, fields: Sequence[str], asked: Mapping[str, Any]) -> Iterator[str]:
    """Yield what can be read: where a joint read is refused, its halves are tried, down to single fields."""
    waiting = [list(fields)]
    while waiting:
        names = waiting.pop()
        try:
            yield _told(who.crm.call(model, "search_read", fields=names, **asked))
        except CrmError:
            if len(names) > 1:
                middle = len(names) // 2
                waiting.extend((names[:middle], names[middle:]))


def _told(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False, default=str)
