"""The list and the search of a model."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from mist_connector.bylaws.text import Text

from .compile_names import columns_searched
from .declaration import Blueprint, Field, FieldType, Model, ServerAction
from .records import MODULE

Say = Callable[[Text], str]
_NARROW = frozenset({FieldType.DATE, FieldType.FLAG, FieldType.NUMBER})
_NAMES = frozenset({FieldType.TEXT, FieldType.SHOWN})
# Pixels: of a letter, of the arrow that says how a list is sorted, of a day, of a name.
_A_LETTER, _ARROW, _A_DAY, _A_NAME = 8, 34, 92, 170


def column_of(model: Model, key: str) -> str:
    """Return the technical name of a field shown; `name` is the neutral code that every record has."""
    return "x_name" if key == "name" else model.field(key).column


def rows_of(model: Model) -> dict[str, str]:
    """Return the attributes of a list: how it is sorted."""
    order = [f"{column_of(model, key.lstrip('-'))}{' desc' * key.startswith('-')}" for key in model.sort]
    return {"default_order": ", ".join(order)} if order else {}


def plain_attributes(model: Model, key: str) -> dict[str, str]:
    """Return how a field is shown wherever it is: dates with their year."""
    attributes = {"name": column_of(model, key)}
    if key != "name" and model.field(key).type is FieldType.DATE:
        attributes["options"] = "{'numeric': True}"
    return attributes


def list_arch(model: Model, blueprint: Blueprint) -> Text:
    """Return the list's XML in both languages."""
    return Text(
        fr=_list(model, blueprint, lambda text: text.fr), en=_list(model, blueprint, lambda text: text.en)
    )


def add_buttons(
    above: ET.Element, model: Model, blueprint: Blueprint, say: Say, *, in_list: bool = False
) -> None:
    """Add a button for each action that the model offers: it is run on what is selected, or shown.

    Above a list there is no record whose turn could be looked at.
    """
    actions = {action.key: action for action in blueprint.actions}
    for action in (actions[key] for key in model.buttons):
        turn = _turn(action, model)
        if turn is None or not in_list:
            what = {"name": f"{MODULE}.action_{action.key}", "type": "action", "string": say(action.label)}
            hidden = {"invisible": turn} if turn else {}
            ET.SubElement(above, "button", {**what, "class": "btn-primary", **hidden})


def _turn(action: ServerAction, model: Model) -> str | None:
    """Return the condition under which a button hides, as the CRM's views write it."""
    parts = [f"{model.field(key).column} not in {list(choices)!r}" for key, choices in action.turn.items()]
    return " or ".join(parts) or None


def _list(model: Model, blueprint: Blueprint, say: Say) -> str:
    # A copy of a fact would be a fact that never happened, and of a person, a second one.
    rows = ET.Element("list", {"duplicate": "0", **rows_of(model)})
    if model.buttons:
        add_buttons(ET.SubElement(rows, "header"), model, blueprint, say, in_list=True)
    for key in model.shown:
        attributes = plain_attributes(model, key) | _badge(model, key) | _width(model, key)
        ET.SubElement(rows, "field", attributes)
    return ET.canonicalize(ET.tostring(rows, encoding="unicode"))


def _width(model: Model, key: str) -> dict[str, str]:
    """Return how wide a column is where the CRM's own choice would cut its heading or its values short.

    Columns of days and boxes are as wide as a day, whatever their heading; long texts leave others no room.
    A view is the same in all languages but for its words, so the longer heading counts.
    """
    if key == "name":
        return {}
    field = model.field(key)
    if field.type in _NARROW:
        width = max(len(field.label.fr), len(field.label.en)) * _A_LETTER + _ARROW
        return {"width": f"{width}px"} if width > _A_DAY else {}
    long = any(model.field(each).type is FieldType.NOTE for each in model.shown if each != "name")
    return {"width": f"{_A_NAME}px"} if long and field.type in _NAMES else {}


def _badge(model: Model, key: str) -> dict[str, str]:
    if key not in model.tones:
        return {}
    by_tone: dict[str, list[str]] = {}
    for choice, tone in model.tones[key].items():
        by_tone.setdefault(tone.value, []).append(choice)
    column = column_of(model, key)
    return {"widget": "badge"} | {
        f"decoration-{tone}": f"{column} in {choices!r}" for tone, choices in by_tone.items()
    }


def search_arch(model: Model, blueprint: Blueprint) -> Text:
    """Return the search's XML in both languages: fields, a filter and a grouping by each choice.

    No panel beside the list: what is searched goes along in its requests, which the client keeps on the disk.
    """
    return Text(
        fr=_search(model, blueprint, lambda text: text.fr), en=_search(model, blueprint, lambda text: text.en)
    )


def _search(model: Model, blueprint: Blueprint, say: Say) -> str:
    search = ET.Element("search")
    for key in model.search or model.shown:
        ET.SubElement(search, "field", _searched(model, key, blueprint, say))
    choices = [field for field in model.fields if field.type is FieldType.CHOICE]
    for field in choices:
        _filters(search, field, blueprint, say)
    for field in choices:
        attributes = {"name": f"by_{field.key}", "string": say(field.label)}
        ET.SubElement(search, "filter", {**attributes, "context": f"{{'group_by': '{field.column}'}}"})
    return ET.canonicalize(ET.tostring(search, encoding="unicode"))


def _searched(model: Model, key: str, blueprint: Blueprint, say: Say) -> dict[str, str]:
    attributes = {"name": column_of(model, key)}
    if key == "name" or model.field(key).type not in {FieldType.JOINED, FieldType.SHOWN}:
        return attributes
    field = model.field(key)
    terms = [f"('{column}', 'ilike', self)" for column in columns_searched(model, field, blueprint)]
    domain = "[" + ", ".join(["'|'"] * (len(terms) - 1) + terms) + "]"
    return attributes | {"string": say(field.label), "filter_domain": domain}


def _filters(search: ET.Element, field: Field, blueprint: Blueprint, say: Say) -> None:
    """Add a filter for each choice of a field; those of one field add up, those of two intersect."""
    ET.SubElement(search, "separator")
    for choice in blueprint.vocabularies[field.choices or ""]:
        attributes = {"name": f"is_{field.key}_{choice.id}", "string": say(choice.label)}
        domain = f"[('{field.column}', '=', '{choice.id}')]"
        ET.SubElement(search, "filter", {**attributes, "domain": domain})
