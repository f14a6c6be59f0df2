"""Ways to what people leave around records: a filter's values, a default, an export list, an imported file.

Whoever proves left them there (`planting_code.TRACES`): anybody else who is told the word reads what somebody
knew of a record. The control is the same of one's own, about ordinary contacts.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from .channel import Channel, Try
from .doors import Visitor
from .planting import MARKER, Planted, Target
from .words import shows

Values = Callable[[Visitor, str], Mapping[str, Any]]
_PARTNER = "res.partner"
_LATEST = 40
_PERSON, _FILE = ("person",), ("file",)


def _told(model: str, *fields: str) -> Try:
    """Return a try that reads the latest of a table."""

    def tried(who: Visitor, _: Target, __: Planted) -> str:
        arguments = {"domain": [], "fields": list(fields), "limit": _LATEST, "order": "id desc"}
        return who.say(model, "search_read", **arguments)

    return tried


def _mine(it: Target) -> str:
    """Return what she leaves herself: another word, so that she is never told her own for somebody else's."""
    return f"{it.word[::-1]}{MARKER}"


def _own(make: Try, after: Try) -> Try:
    """Return a control: she leaves the same herself, and looks in the same way."""

    def control(who: Visitor, it: Target, planted: Planted) -> str:
        make(who, it, planted)
        return it.word if shows(after(who, it, planted), _mine(it)) else ""

    return control


def _makes(model: str, values: Values) -> Try:
    return lambda who, it, _: who.say(model, "create", vals_list=[values(who, _mine(it))])


def _left(key: str, fr: str, model: str, values: Values, *fields: str, on: tuple[str, ...]) -> Channel:
    told = _told(model, *fields)
    return Channel(key, fr, told, on=on, control=_own(_makes(model, values), told))


def _export(_: Visitor, word: str) -> Mapping[str, Any]:
    return {"name": word, "resource": _PARTNER, "export_fields": [[0, 0, {"name": "name"}]]}


def _import(_: Visitor, word: str) -> Mapping[str, Any]:
    content = base64.b64encode(f"name\n{word}".encode()).decode()
    return {"res_model": _PARTNER, "file_name": f"import{MARKER}", "file_type": "text/csv", "file": content}


def _column(_: Visitor, word: str) -> Mapping[str, Any]:
    return {"res_model": _PARTNER, "column_name": word, "field_name": "name"}


def _letter(_: Visitor, word: str) -> Mapping[str, Any]:
    return {"model": _PARTNER, "subject": word}


def _activity(who: Visitor, word: str) -> Mapping[str, Any]:
    return {"summary": word, "user_id": who.user}


def _filter(who: Visitor, word: str) -> Mapping[str, Any]:
    asked = f"[('name', '=', '{word}')]"
    return {
        "name": f"filtre{MARKER}",
        "model_id": _PARTNER,
        "user_ids": [[6, 0, [who.user]]],
        "domain": asked,
    }


def _filters(model: str) -> Try:
    """Return a try that asks for a list's filters as the web client does."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        return who.say("ir.filters", "get_filters", model=model or it.model.technical)

    return tried


def _sets_default(who: Visitor, it: Target, _: Planted) -> str:
    scope = {"model_name": _PARTNER, "field_name": "ref", "user_id": who.user}
    return who.say("ir.default", "set", value=_mine(it), **scope)


def _namelist(who: Visitor, it: Target, planted: Planted) -> str:
    """Open somebody else's export list by its number."""
    params = {"model": it.model.technical, "export_id": planted.numbers.get("export", 0)}
    told = who.web.ask("/web/export/namelist", params)
    return it.word if f'"{it.column}"' in told else told


def _own_namelist(who: Visitor, it: Target, _: Planted) -> str:
    made = who.say("ir.exports", "create", vals_list=[_export(who, _mine(it))]).strip("[]")
    params = {"model": _PARTNER, "export_id": int(made) if made.isdigit() else 0}
    return it.word if '"name"' in who.web.ask("/web/export/namelist", params) else ""


_DEFAULTS = _told("ir.default", "json_value")
_LINES = _told("ir.exports.line", "export_id")
_FILTERED = _told("ir.filters", "domain")
_OWN_FILTER = _makes("ir.filters", _filter)

TRACES: tuple[Channel, ...] = (
    Channel(
        "filters",
        "filtres d'une liste",
        _filters(""),
        on=_PERSON,
        control=_own(_OWN_FILTER, _filters(_PARTNER)),
    ),
    Channel(
        "filters_read",
        "filtres lus dans leur table",
        _FILTERED,
        on=_PERSON,
        control=_own(_OWN_FILTER, _FILTERED),
    ),
    Channel(
        "defaults_read",
        "valeurs par défaut d'une autre",
        _DEFAULTS,
        on=_FILE,
        control=_own(_sets_default, _DEFAULTS),
    ),
    _left("exports_read", "listes d'export d'une autre", "ir.exports", _export, "name", on=_PERSON),
    Channel(
        "export_lines",
        "lignes des listes d'export",
        _LINES,
        on=_PERSON,
        control=_own(_makes("ir.exports", _export), _LINES),
    ),
    Channel(
        "export_namelist",
        "liste d'export ouverte par son numéro",
        _namelist,
        on=_PERSON,
        control=_own_namelist,
    ),
    _left("import_read", "fichier importé par une autre", "base_import.import", _import, "file", on=_PERSON),
    _left(
        "import_columns", "colonnes d'un import", "base_import.mapping", _column, "column_name", on=_PERSON
    ),
    _left("letters_read", "lettre commencée", "mail.compose.message", _letter, "subject", on=_FILE),
    _left("activities_read", "activités d'une autre", "mail.activity", _activity, "summary", on=_FILE),
)
