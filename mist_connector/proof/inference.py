"""Ways that hand over no record, yet tell something about one: by searching, counting, grouping, sorting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mist_connector.blueprint.declaration import FieldType
from mist_connector.bylaws.matrix import Act

from .channel import Arguments, Channel, Try, found, text
from .doors import Visitor
from .planting import Planted, Target

COUNT = ["__count"]
_PERSON = ("person",)
_BYLAWS = re.compile("Règlement|Bylaws")


def _by_id(it: Target) -> list[Any]:
    return [["id", "=", it.id]]


def _counted(*term: Callable[[Target], list[Any]]) -> Try:
    """Return a try that guesses by a condition on the value, and is told a number."""
    return found("search_count", lambda it: {"domain": [*_by_id(it), *(each(it) for each in term)]})


def _shows_one(method: str, arguments: Arguments, sign: str) -> Try:
    """Return a try that succeeds where a sign stands in the answer: a group of one, a length of one."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        return it.word if sign in who.say(it.model.technical, method, **arguments(it)) else ""

    return tried


def _grouped(**more: Any) -> Arguments:  # noqa: ANN401 - as the CRM's own methods
    return lambda it: {"domain": _by_id(it), "groupby": ["x_association_id"], "aggregates": COUNT, **more}


def _aggregated(function: str) -> Arguments:
    return lambda it: {"domain": _by_id(it), "groupby": [], "aggregates": [f"{it.column}:{function}"]}


def _choice(it: Target) -> str:
    """Return the column of a choice that the planted record has."""
    choices = (each.column for each in it.model.fields if each.type is FieldType.CHOICE)
    return next(column for column in choices if column in it.values)


def _numbered(method: str, arguments: Arguments) -> Try:
    """Return a try that succeeds where any number above none comes back, anywhere in the answer."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        told = who.say(it.model.technical, method, **arguments(it))
        return it.word if told.startswith(("{", "[")) and _any_number(json.loads(told)) else ""

    return tried


def _any_number(told: object) -> bool:
    if isinstance(told, Mapping):
        return any(_any_number(value) for key, value in told.items() if key not in {"id", "error_msg"})
    if isinstance(told, list):
        return any(map(_any_number, told))
    return isinstance(told, int) and not isinstance(told, bool) and told > 0


def _progress(it: Target) -> Mapping[str, Any]:
    column = _choice(it)
    bar = {"field": column, "colors": {it.values[column]: "success"}}
    return {"domain": _by_id(it), "group_by": "x_association_id", "progress_bar": bar}


def _panel(**more: Any) -> Arguments:  # noqa: ANN401
    return lambda it: {
        "field_name": _choice(it),
        "enable_counters": True,
        "search_domain": _by_id(it),
        **more,
    }


def _accompanied(*, spec: bool) -> Try:
    """Return a try that groups accompaniments by person, and asks for her values with the groups."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        domain = [["x_person_id", "=", it.id]]
        shown: dict[str, Any] = (
            {"groupby_read_specification": {"x_person_id": {it.column: {}}}} if spec else {}
        )
        opened = {
            "auto_unfold": True,
            "unfold_read_specification": {"x_person_id": {"fields": {it.column: {}}}},
        }
        return who.say(
            "x_mist_accompaniment",
            "web_read_group",
            domain=domain,
            groupby=["x_person_id"],
            aggregates=COUNT,
            **(shown or opened),
        )

    return tried


def _through(operator: str) -> Try:
    """Return a try that guesses a person's value from a fact about her, with the condition inside."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        inside = [["id", "=", it.id], [it.column, "ilike", it.word]]
        answer = who.say("x_mist_accompaniment", "search_count", domain=[["x_person_id", operator, inside]])
        return it.word if answer.isdigit() and int(answer) else ""

    return tried


def _sorted_across(who: Visitor, it: Target, _: Planted) -> str:
    """Sort facts by a value of the person behind them."""
    domain = [["x_person_id", "=", it.id]]
    answer = who.say("x_mist_accompaniment", "search", domain=domain, order=f"x_person_id.{it.column}, id")
    if answer.startswith("refused"):
        answer = who.say("x_mist_accompaniment", "search", domain=domain, order="x_person_id, id")
    return it.word if answer.strip("[]") and answer.startswith("[") else ""


def _told_by_hook(who: Visitor, it: Target, _: Planted) -> str:
    """Try to record a mandate that the bylaws refuse her: the sentence tells what she is, and is not."""
    values = {"x_person_id": it.id, "x_office": "roots", "x_since": "2020-01-01"}
    told = who.say("x_mist_mandate", "create", vals_list=[values])
    return it.word if _BYLAWS.search(told) else ""


INFERENCE: tuple[Channel, ...] = (
    Channel("by_prefix", "début d'une valeur", _counted(lambda it: [it.column, "=like", f"{it.word[:7]}%"])),
    Channel("by_equal", "valeur exacte", _counted(lambda it: [it.column, "=", it.word])),
    Channel("by_list", "valeur parmi d'autres", _counted(lambda it: [it.column, "in", [it.word, "x"]])),
    Channel("by_above", "valeur après une autre", _counted(lambda it: [it.column, ">=", it.word[:7]])),
    Channel(
        "by_contrary", "valeur qui n'est pas une autre", _counted(lambda it: [it.column, "not ilike", "zzzz"])
    ),
    Channel("by_set", "valeur remplie ou non", _counted(lambda it: [it.column, "!=", False])),
    Channel("by_code", "fiche d'une référence", _counted(lambda it: ["x_name", "=", it.code])),
    Channel("by_day", "fiches d'un jour", _counted(lambda _: ["create_date", ">=", "today -2d"])),
    Channel("by_author", "fiches de quelqu'un", _counted(lambda _: ["create_uid", "!=", False])),
    Channel("by_guard", "fiches en règle", _counted(lambda _: ["x_guard", "=", "ok"])),
    Channel(
        "length",
        "longueur de la liste",
        _shows_one(
            "web_search_read",
            lambda it: {"domain": _by_id(it), "specification": {}, "count_limit": 10},
            '"length": 1',
        ),
    ),
    Channel(
        "whole_group", "regroupement de tout", _shows_one("formatted_read_group", _grouped(), '"__count": 1')
    ),
    Channel(
        "by_month",
        "regroupement par mois",
        _shows_one("formatted_read_group", _grouped(groupby=["create_date:month"]), '"__count": 1'),
    ),
    Channel(
        "having",
        "regroupement sous condition",
        _shows_one("formatted_read_group", _grouped(having=[["__count", ">", 0]]), '"__count": 1'),
    ),
    Channel(
        "sorted_group",
        "regroupement trié",
        _shows_one("formatted_read_group", _grouped(order="__count desc"), '"__count": 1'),
    ),
    Channel("gathered", "valeurs rassemblées", text("formatted_read_group", _aggregated("array_agg"))),
    Channel(
        "distinct",
        "valeurs différentes",
        _shows_one("formatted_read_group", _aggregated("count_distinct"), '": 1}'),
    ),
    Channel("filled", "valeurs remplies", _shows_one("formatted_read_group", _aggregated("count"), '": 1}')),
    Channel("greatest", "plus grande valeur", text("formatted_read_group", _aggregated("max"))),
    Channel("least", "plus petite valeur", text("formatted_read_group", _aggregated("min"))),
    Channel(
        "unfolded",
        "groupes de la liste, ouverts",
        text(
            "web_read_group",
            lambda it: {
                "domain": _by_id(it),
                "groupby": ["x_association_id"],
                "aggregates": COUNT,
                "auto_unfold": True,
                "unfold_read_specification": {it.column: {}},
            },
        ),
    ),
    Channel("group_unfolded", "faits regroupés par personne, ouverts", _accompanied(spec=False), on=_PERSON),
    Channel("group_specified", "valeurs lues avec les groupes", _accompanied(spec=True), on=_PERSON),
    Channel("progress", "barre d'avancement", _numbered("read_progress_bar", _progress)),
    Channel("panel", "volet de recherche", _numbered("search_panel_select_range", _panel())),
    Channel(
        "panel_multi",
        "volet de recherche à choix multiple",
        _numbered("search_panel_select_multi_range", _panel()),
    ),
    Channel("through_any", "valeur devinée à travers un lien", _through("any"), on=_PERSON),
    Channel("sorted_across", "tri à travers un lien", _sorted_across, on=_PERSON),
    Channel("told_by_hook", "ce que dit un refus du règlement", _told_by_hook, Act.CREATE, on=_PERSON),
    Channel(
        "metadata",
        "auteur et date d'une fiche",
        _shows_one("get_metadata", lambda it: {"ids": [it.id]}, "create_date"),
    ),
    Channel(
        "accessible",
        "fiche dite lisible",
        _shows_one("has_access", lambda it: {"ids": [it.id], "operation": "read"}, "true"),
    ),
)
