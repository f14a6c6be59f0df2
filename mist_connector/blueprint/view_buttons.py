"""The buttons of a model: above a form, above a list, in each row; who may not push one does not see it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from mist_connector.bylaws.text import Text

from .acts import Act
from .declaration import Blueprint, Model
from .picks import Pick
from .records import MODULE, group_reference
from .screen import ServerAction, Stands

Say = Callable[[Text], str]
_REMINDER = "reminder"


def column_of(model: Model, key: str) -> str:
    """Return the technical name of a field shown; `name` is the neutral code that every record has."""
    return "x_name" if key == "name" else model.field(key).column


def add_buttons(
    above: ET.Element, model: Model, blueprint: Blueprint, say: Say, *, in_list: bool = False
) -> None:
    """Add a button for each action that the model offers: it is run on what is selected, or shown.

    Above a list there is no record whose turn could be looked at.
    """
    keys = model.buttons if in_list else (*model.rows, *model.buttons)
    for action in (offered(blueprint)[key] for key in dict.fromkeys(keys)):
        turn = _turn(action, model)
        elsewhere = Stands.FORM if in_list else Stands.LIST
        if isinstance(action, ServerAction) and action.stands is elsewhere:
            continue
        if turn is None or not in_list:
            hidden = {"invisible": turn} if turn else {}
            always = {"display": "always"} if in_list and isinstance(action, Act) and action.anytime else {}
            ET.SubElement(
                above, "button", {**button_of(action, say), "class": "btn-primary", **hidden, **always}
            )


Offered = ServerAction | Act | Pick


def offered(blueprint: Blueprint) -> dict[str, Offered]:
    """Return everything that a button may do, by key."""
    found: dict[str, Offered] = {each.key: each for each in blueprint.actions}
    found |= {act.key: act for act in blueprint.acts}
    return found | {pick.key: pick for pick in blueprint.picks}


def offered_above(model: Model, blueprint: Blueprint) -> list[Offered]:
    """Return what the buttons above the records of a model do."""
    return [offered(blueprint)[key] for key in model.buttons]


def button_of(action: Offered, say: Say) -> dict[str, str]:
    """Return what makes a button run an action."""
    # Who may not run the action does not see its button.
    groups = ",".join(str(group_reference(key)) for key in action.groups)
    name = f"{MODULE}.action_{action.key}"
    return {"name": name, "type": "action", "string": say(action.label), "groups": groups}


def _turn(action: Offered, model: Model) -> str | None:
    """Return the condition under which a button hides, in the CRM's words; "" is no choice."""
    turn: dict[str, tuple[str, ...]] = {}
    if model.key != _REMINDER:
        turn = action.turn
    elif isinstance(action, Act) and action.settles:
        turn = {"kind": action.settles, "state": ("open",)}
    parts = [
        f"{model.field(key).column} not in {[choice or False for choice in choices]!r}"
        for key, choices in turn.items()
    ]
    if isinstance(action, ServerAction) and action.needs:
        parts.append(f"not {model.field(action.needs).column}")
    return " or ".join(parts) or None


def row_buttons(above: ET.Element, model: Model, blueprint: Blueprint, say: Say) -> None:
    """Add the buttons of a row or a card."""
    for action in (offered(blueprint)[key] for key in model.rows):
        hidden = {"invisible": turn} if (turn := _turn(action, model)) else {}
        ET.SubElement(above, "button", {**button_of(action, say), "class": "btn-secondary", **hidden})


def asked_by_rows(model: Model, blueprint: Blueprint) -> list[str]:
    """Return the fields that tell which buttons a row has, and that the list does not show."""
    actions = [offered(blueprint)[key] for key in model.rows]
    keys = {"kind"} if model.key == _REMINDER and actions else {key for each in actions for key in each.turn}
    keys |= {each.needs for each in actions if isinstance(each, ServerAction) and each.needs}
    return sorted(keys - set(model.shown))
