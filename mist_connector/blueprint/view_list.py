"""The list and the search of a model."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from mist_connector.bylaws.text import Text

from .declaration import FieldType, Model


def column_of(model: Model, key: str) -> str:
    """Return the technical name of a field shown; `name` is the neutral code that every record has."""
    return "x_name" if key == "name" else model.field(key).column


def list_arch(model: Model) -> Text:
    """Return the list's XML; it holds no words, so both languages are the same."""
    rows = ET.Element("list")
    for key in model.shown:
        ET.SubElement(rows, "field", {"name": column_of(model, key)})
    arch = ET.canonicalize(ET.tostring(rows, encoding="unicode"))
    return Text(fr=arch, en=arch)


def search_arch(model: Model) -> Text:
    """Return the search's XML in both languages, with a grouping by each choice."""
    return Text(fr=_search(model, lambda text: text.fr), en=_search(model, lambda text: text.en))


def _search(model: Model, say: Callable[[Text], str]) -> str:
    search = ET.Element("search")
    for key in model.search or model.shown:
        ET.SubElement(search, "field", {"name": column_of(model, key)})
    for field in model.fields:
        if field.type is FieldType.CHOICE:
            attributes = {"name": f"by_{field.key}", "string": say(field.label)}
            ET.SubElement(search, "filter", {**attributes, "context": f"{{'group_by': '{field.column}'}}"})
    return ET.canonicalize(ET.tostring(search, encoding="unicode"))
