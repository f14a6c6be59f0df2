"""The list and the search of a model."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mist_connector.bylaws.text import Text

from .compile_names import columns_searched
from .declaration import Blueprint, Field, FieldType, Model, Operation
from .view_buttons import Say, add_buttons, asked_by_rows, column_of, row_buttons

_NARROW = frozenset({FieldType.DATE, FieldType.FLAG, FieldType.NUMBER})
_NAMES = frozenset({FieldType.TEXT, FieldType.SHOWN})
# Pixels: of a letter, of the arrow that says how a list is sorted, of a day, of a name.
_A_LETTER, _ARROW, _A_DAY, _A_NAME = 8, 34, 92, 170


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


def entered(model: Model, blueprint: Blueprint) -> dict[str, str]:
    """Return what keeps « New » off the windows of a model that somebody may enter and not change.

    The CRM's form has no button to save there: what is typed would be lost. An act enters such a record.
    """
    opened: dict[str, set[Operation]] = {}
    for lease in blueprint.frame.leases:
        if lease.holds is not None:
            opened.setdefault(lease.group, set()).update(model.access.get(lease.key, ()))
    lost = any(Operation.CREATE in each and Operation.WRITE not in each for each in opened.values())
    return {"create": "0"} if lost else {}


def _list(model: Model, blueprint: Blueprint, say: Say) -> str:
    # A copy of a fact would be a fact that never happened, and of a person, a second one.
    fixed = {"duplicate": "0", **entered(model, blueprint), **_late(model)}
    rows = ET.Element("list", {**fixed, **rows_of(model)})
    if model.buttons:
        add_buttons(ET.SubElement(rows, "header"), model, blueprint, say, in_list=True)
    for key in model.shown:
        attributes = plain_attributes(model, key) | _badge(model, key) | _width(model, key)
        ET.SubElement(rows, "field", attributes)
    for key in asked_by_rows(model, blueprint):
        ET.SubElement(rows, "field", {"name": column_of(model, key), "column_invisible": "1"})
    row_buttons(rows, model, blueprint, say)
    return ET.canonicalize(ET.tostring(rows, encoding="unicode"))


def _late(model: Model) -> dict[str, str]:
    """Return what makes a row red once its day is past, as long as the list begins with such rows."""
    if model.late is None:
        return {}
    still = [f"{column_of(model, key)} == {choice!r}" for key, choice in model.begins_with.items()]
    return {"decoration-danger": " and ".join([f"{column_of(model, model.late)} < current_date", *still])}


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
    for each in model.filters:
        named = {"name": each.key, "string": say(each.label), "domain": each.domain}
        ET.SubElement(search, "filter", named)
    if model.filters:
        ET.SubElement(search, "separator")
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
