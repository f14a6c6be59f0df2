"""The ways of the CRM's external API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mist_connector.bylaws.matrix import Act
from mist_connector.crm.profiles import TransportName

from .channel import ALL, SECRETS, Channel, Try, found, refused, text
from .doors import Visitor
from .planting import Planted, Target

COUNT = ["__count"]


def _by_id(it: Target) -> list[list[object]]:
    return [["id", "=", it.id]]


def _by_value(it: Target) -> list[list[object]]:
    return [["id", "=", it.id], [it.column, "ilike", it.word]]


def _read(it: Target) -> Mapping[str, Any]:
    return {"ids": [it.id], "fields": [it.column]}


def _group(it: Target) -> Mapping[str, Any]:
    return {"domain": _by_id(it), "groupby": [it.column], "aggregates": COUNT}


def _pivot(it: Target) -> Mapping[str, Any]:
    return {"domain": _by_id(it), "grouping_sets": [[it.column]], "aggregates": COUNT}


def _counted(who: Visitor, it: Target, _: Planted) -> str:
    arguments = {"domain": _by_id(it), "groupby": ["x_association_id"], "aggregates": COUNT}
    answer = who.say(it.model.technical, "formatted_read_group", **arguments)
    return it.word if '"__count": 1' in answer else ""


def _code(method: str, arguments: Mapping[str, Any] | None = None) -> Try:
    """Return a try that succeeds where the record's code is told."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        asked = arguments or {"name": it.code}
        ids = {"ids": [it.id]} if arguments else {}
        return it.word if it.code in who.say(it.model.technical, method, **ids, **asked) else ""

    return tried


def _nested(who: Visitor, it: Target, _: Planted) -> str:
    """Read a person through a fact about her."""
    domain = [["x_person_id", "=", it.id]]
    spec: dict[str, Any] = {"x_person_id": {"fields": {it.column: {}}}}
    return who.say("x_mist_accompaniment", "web_search_read", domain=domain, specification=spec)


def _drafted(who: Visitor, it: Target, _: Planted) -> str:
    """Read a person's name by choosing her in a new fact that is never saved."""
    spec: dict[str, Any] = {"x_person_id": {}, "x_called": {}}
    arguments = {"values": {"x_person_id": it.id}, "field_names": ["x_person_id"], "fields_spec": spec}
    return who.say("x_mist_signature", "onchange", **arguments)


def _across(model: str) -> Try:
    """Return a try that guesses a person's value from another model's side."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        domain = [["x_person_id", "=", it.id], [f"x_person_id.{it.column}", "ilike", it.word]]
        answer = who.say(model, "search_count", domain=domain)
        return it.word if answer.isdigit() and int(answer) else ""

    return tried


def _written(it: Target) -> Mapping[str, Any]:
    return {"ids": [it.id], "vals": {"x_name": it.word[:3]}}


_ERROR = text("write", _written)
_PERSON = ("person",)

CHANNELS: tuple[Channel, ...] = (
    Channel("read", "lecture par numéro", text("read", _read), on=ALL),
    Channel(
        "read_xmlrpc", "lecture par XML-RPC", text("read", _read, transport=TransportName.XMLRPC), on=ALL
    ),
    Channel(
        "read_jsonrpc", "lecture par JSON-RPC", text("read", _read, transport=TransportName.JSONRPC), on=ALL
    ),
    Channel(
        "search_read",
        "recherche et lecture",
        text("search_read", lambda it: {"domain": _by_id(it), "fields": [it.column]}),
        on=SECRETS,
    ),
    Channel(
        "search_read_xmlrpc",
        "recherche par XML-RPC",
        text(
            "search_read",
            lambda it: {"domain": _by_id(it), "fields": [it.column]},
            transport=TransportName.XMLRPC,
        ),
    ),
    Channel(
        "search_read_jsonrpc",
        "recherche par JSON-RPC",
        text(
            "search_read",
            lambda it: {"domain": _by_id(it), "fields": [it.column]},
            transport=TransportName.JSONRPC,
        ),
    ),
    Channel(
        "all",
        "recherche sans critère",
        text(
            "search_read", lambda it: {"domain": [], "fields": [it.column], "limit": 80, "order": "id desc"}
        ),
        on=ALL,
    ),
    Channel(
        "archived",
        "recherche, archives comprises",
        text(
            "search_read",
            lambda it: {"domain": _by_id(it), "fields": [it.column], "context": {"active_test": False}},
        ),
    ),
    Channel(
        "web_read",
        "lecture du formulaire",
        text("web_read", lambda it: {"ids": [it.id], "specification": {it.column: {}}}),
        on=SECRETS,
    ),
    Channel(
        "web_search_read",
        "lecture de la liste",
        text("web_search_read", lambda it: {"domain": _by_id(it), "specification": {it.column: {}}}),
        on=SECRETS,
    ),
    Channel("search", "numéros trouvés", found("search", lambda it: {"domain": _by_id(it)}), on=ALL),
    Channel("count", "nombre de fiches", found("search_count", lambda it: {"domain": _by_id(it)}), on=ALL),
    Channel(
        "by_value",
        "recherche par valeur",
        found("search_count", lambda it: {"domain": _by_value(it)}),
        on=ALL,
    ),
    Channel(
        "sorted",
        "tri par valeur",
        found("search", lambda it: {"domain": _by_id(it), "order": it.column}),
        on=SECRETS,
    ),
    Channel("name_search", "recherche par référence", _code("name_search"), on=ALL),
    Channel("web_name_search", "recherche d'un lien", _code("name_search", None), on=ALL),
    Channel("display_name", "référence affichée", _code("read", {"fields": ["display_name"]}), on=SECRETS),
    Channel("grouped", "regroupement par valeur", text("formatted_read_group", _group), on=SECRETS),
    Channel("web_grouped", "regroupement de la liste", text("web_read_group", _group)),
    Channel(
        "old_grouped",
        "regroupement ancien",
        text("read_group", lambda it: {"domain": _by_id(it), "fields": [it.column], "groupby": [it.column]}),
    ),
    Channel("pivot", "tableau croisé", text("formatted_read_grouping_sets", _pivot)),
    Channel("counted", "comptage par groupe", _counted, on=ALL),
    Channel("copy_data", "valeurs d'une copie", text("copy_data", lambda it: {"ids": [it.id]})),
    Channel("drafted", "personne choisie dans un formulaire jamais enregistré", _drafted, on=_PERSON),
    Channel("nested", "lecture à travers une fiche liée", _nested, on=_PERSON),
    Channel(
        "across_accompaniment",
        "valeur devinée depuis un accompagnement",
        _across("x_mist_accompaniment"),
        on=_PERSON,
    ),
    Channel(
        "across_signature", "valeur devinée depuis une signature", _across("x_mist_signature"), on=_PERSON
    ),
    Channel(
        "export_data",
        "export de l'API",
        text("export_data", lambda it: {"ids": [it.id], "fields_to_export": [it.column]}),
        Act.EXPORT,
        on=SECRETS,
    ),
    Channel("error", "texte d'un refus", _ERROR, control=refused(_ERROR), on=SECRETS),
)
