"""Acts as records: the action behind the button, the dialog that it opens, and what is said afterwards."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from mist_connector.bylaws.text import Text

from .acts import Act
from .compile_models import model_reference
from .declaration import Blueprint, Model
from .pieces import call
from .records import MODULE, Record, Reference, Value, group_reference
from .view_buttons import Say
from .view_form import field_attributes

_BEHIND_OTHER_VIEWS = 90
# The groups of accounts that work with the register (`hands` of crm.yaml).
_WORKING = "working"


def act_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the records of all acts: the dialog stands before the action that opens it."""
    for act in blueprint.acts:
        model = blueprint.model(act.opens)
        yield _action(act, f"action_{act.key}_said", model, _said_code(act, model))
        yield _dialog(act, model, blueprint)
        yield _action(act, f"action_{act.key}", model, _opening_code(act, model, blueprint))


def _action(act: Act, name: str, model: Model, code: str) -> Record:
    groups: frozenset[Reference] = frozenset(map(group_reference, act.groups))
    values: dict[str, Value] = {
        "name": act.label,
        "model_id": model_reference(model.technical),
        "binding_model_id": None,
        "binding_view_types": "list,form",
        "state": "code",
        "code": code,
        "group_ids": groups,
    }
    return Record(name, "ir.actions.server", values, (act.rule,))


def _opening_code(act: Act, model: Model, blueprint: Blueprint) -> str:
    filled: dict[str, object] = {model.field(key).column: value for key, value in act.given.items()}
    filled |= {model.field(key).column: _source(source) for key, source in act.filled.items()}
    given = {
        "label": _pair(act.label),
        "model": model.technical,
        "view": f"{MODULE}.view_{act.opens}_{act.key}",
        "filled": filled,
        "zone": blueprint.frame.timezone,
        "roles": list(blueprint.frame.hands.get(_WORKING, ())),
    }
    return f"action = {call('dialog', repr(given), env='env')}"


def _source(source: str) -> list[str]:
    """Return what a value is made of, and the columns of the links that lead from there."""
    name, _, path = source.partition(".")
    return [name, *(f"x_{key}_id" for key in path.split(".") if key)]


def _said_code(act: Act, model: Model) -> str:
    unless = [
        ({model.field(key).column: value for key, value in said.when.items()}, _pair(said.text), said.warns)
        for said in act.unless
    ]
    given = {"model": model.technical, "done": _pair(act.done), "unless": unless, "settles": act.settles}
    return f"action = {call('notice', repr(given), env='env')}"


def _pair(text: Text) -> tuple[str, str]:
    return text.fr, text.en


def _dialog(act: Act, model: Model, blueprint: Blueprint) -> Record:
    name = f"view_{act.opens}_{act.key}"
    values: dict[str, Value] = {
        "name": f"{model.technical}.{act.key}",
        "model": model.technical,
        "type": "form",
        "priority": _BEHIND_OTHER_VIEWS,
        "active": True,
        "arch_db": Text(
            fr=_arch(act, model, blueprint, lambda text: text.fr),
            en=_arch(act, model, blueprint, lambda text: text.en),
        ),
    }
    return Record(name, "ir.ui.view", values, (act.rule,))


def _arch(act: Act, model: Model, blueprint: Blueprint, say: Say) -> str:
    form = ET.Element("form", {"duplicate": "0"})
    if act.explains is not None:
        ET.SubElement(form, "p", {"class": "text-muted"}).text = say(act.explains)
    box = ET.SubElement(form, "group")
    for key in act.asks:
        attributes = field_attributes(model, key, blueprint, looks_up=True)
        if key in act.told:
            attributes |= {"readonly": "1", "force_save": "1"}
        ET.SubElement(box, "field", attributes)
    for key in (*act.filled, *act.given):
        if key not in act.asks:
            ET.SubElement(form, "field", {"name": model.field(key).column, "invisible": "1"})
    footer = ET.SubElement(form, "footer")
    saying = {"name": f"{MODULE}.action_{act.key}_said", "type": "action", "string": say(act.does)}
    ET.SubElement(footer, "button", {**saying, "class": "btn-primary"})
    cancel = Text(fr="Annuler", en="Cancel")
    ET.SubElement(footer, "button", {"special": "cancel", "string": say(cancel), "class": "btn-secondary"})
    return ET.canonicalize(ET.tostring(form, encoding="unicode"))
