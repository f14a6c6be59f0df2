"""The form of a model: status bar, title, groups of fields, a tab for each list of facts."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mist_connector.bylaws.text import Text

from .declaration import Blueprint, FieldType, Form, FormGroup, Model, ServerAction
from .view_list import Say, add_buttons, column_of, plain_attributes, rows_of


def form_arch(model: Model, blueprint: Blueprint) -> Text:
    """Return the form's XML in both languages."""
    return Text(
        fr=_arch(model, blueprint, lambda text: text.fr), en=_arch(model, blueprint, lambda text: text.en)
    )


def _arch(model: Model, blueprint: Blueprint, say: Say) -> str:
    layout = model.form or _plain(model)
    form = ET.Element("form", {"duplicate": "0"})
    if layout.status is not None or model.buttons:
        header = ET.SubElement(form, "header")
        add_buttons(header, model, blueprint, say)
    if layout.status is not None:
        clickable = not any(action.turn for action in _offered(model, blueprint))
        options = {"widget": "statusbar", "options": f"{{'clickable': {clickable}}}"}
        ET.SubElement(header, "field", {"name": model.field(layout.status).column, **options})
    sheet = ET.SubElement(form, "sheet")
    if layout.title is not None:
        heading = ET.SubElement(ET.SubElement(sheet, "div", {"class": "oe_title"}), "h1")
        ET.SubElement(heading, "field", {"name": column_of(model, layout.title), "readonly": "1"})
    _groups(sheet, layout, model, say)
    if layout.tabs:
        notebook = ET.SubElement(sheet, "notebook")
        for key in layout.tabs:
            _tab(notebook, key, model, blueprint, say)
    return ET.canonicalize(ET.tostring(form, encoding="unicode"))


def _offered(model: Model, blueprint: Blueprint) -> list[ServerAction]:
    """Return the actions behind the buttons: where they move the status, nobody clicks on it."""
    return [action for action in blueprint.actions if action.key in model.buttons]


def _plain(model: Model) -> Form:
    fields = tuple(field.key for field in model.fields if field.type is not FieldType.MANY)
    return Form(groups=(FormGroup(label=model.label, fields=(*fields, "name")),))


def _groups(sheet: ET.Element, layout: Form, model: Model, say: Say) -> None:
    frame = ET.SubElement(sheet, "group")
    for group in layout.groups:
        box = ET.SubElement(frame, "group", {"string": say(group.label)})
        for key in group.fields:
            told = {"readonly": "1"} if key in layout.told else {}
            ET.SubElement(box, "field", _attributes(model, key) | told)


def _attributes(model: Model, key: str) -> dict[str, str]:
    attributes = plain_attributes(model, key)
    if key == "name":
        attributes["readonly"] = "1"
    elif model.field(key).type is FieldType.LINK:
        # No record is made or opened in passing: each has its own form, with its own checks.
        attributes["options"] = "{'no_create': True, 'no_open': True}"
    return attributes


def _tab(notebook: ET.Element, key: str, model: Model, blueprint: Blueprint, say: Say) -> None:
    """Add a tab whose rows are changed in place; who may do what there, the access rights decide."""
    field = model.field(key)
    target = blueprint.model(field.to or "")
    page = ET.SubElement(notebook, "page", {"string": say(field.label)})
    holder = ET.SubElement(page, "field", {"name": field.column})
    # What has lists of its own behind it opens from its row.
    opens = {"open_form_view": "1"} if target.form is not None and target.form.tabs else {}
    rows = ET.SubElement(holder, "list", {"editable": "bottom", **opens, **rows_of(target)})
    for shown in target.shown:
        if shown not in _known_here(model, target):
            ET.SubElement(rows, "field", _attributes(target, shown))
    add_buttons(rows, target, blueprint, say)


def _known_here(model: Model, target: Model) -> set[str]:
    """Return what a fact says of the record that it stands on, and its own code: no news in that tab."""
    about = {field.key for field in target.fields if (field.of or "").startswith(f"{model.key}.")}
    return {"name", model.key, *about}
