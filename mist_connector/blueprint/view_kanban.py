"""The cards of a model: what a list is on a telephone, where its columns have no room."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mist_connector.bylaws.text import Text

from .acts import Act
from .declaration import Blueprint, FieldType, Model
from .view_buttons import Say, asked_by_rows, button_of, column_of, offered_above, row_buttons
from .view_list import entered, plain_attributes


def kanban_arch(model: Model, blueprint: Blueprint) -> Text:
    """Return the XML of the cards in both languages."""
    return Text(
        fr=_cards(model, blueprint, lambda text: text.fr), en=_cards(model, blueprint, lambda text: text.en)
    )


def _cards(model: Model, blueprint: Blueprint, say: Say) -> str:
    cards = ET.Element("kanban", entered(model, blueprint))
    if above := [each for each in offered_above(model, blueprint) if isinstance(each, Act) and each.anytime]:
        header = ET.SubElement(cards, "header")
        for act in above:
            style = {"class": "btn-primary", "display": "always"}
            ET.SubElement(header, "button", {**button_of(act, say), **style})
    for key in asked_by_rows(model, blueprint):
        ET.SubElement(cards, "field", {"name": column_of(model, key)})
    card = ET.SubElement(ET.SubElement(cards, "templates"), "t", {"t-name": "card"})
    for place, key in enumerate(model.cards):
        style = {} if place else {"class": "fw-bold fs-5"}
        shown = {"widget": "badge"} if key != "name" and model.field(key).type is FieldType.CHOICE else {}
        ET.SubElement(card, "field", {**plain_attributes(model, key), **style, **shown})
    buttons = ET.SubElement(card, "div", {"class": "d-flex flex-wrap gap-2 mt-2"})
    row_buttons(buttons, model, blueprint, say)
    return ET.canonicalize(ET.tostring(cards, encoding="unicode"))
