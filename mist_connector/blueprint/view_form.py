"""The form of a model: status bar, title, groups of fields, a tab for each list of facts."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mist_connector.bylaws.text import Text

from .compile_names import naming
from .declaration import Blueprint, Field, FieldType, Model
from .screen import Form, FormGroup, ServerAction
from .view_buttons import Say, add_buttons, button_of, column_of, offered
from .view_list import entered, plain_attributes, rows_of


def form_arch(model: Model, blueprint: Blueprint) -> Text:
    """Return the form's XML in both languages."""
    return Text(
        fr=_arch(model, blueprint, lambda text: text.fr), en=_arch(model, blueprint, lambda text: text.en)
    )


def _arch(model: Model, blueprint: Blueprint, say: Say) -> str:
    layout = model.form or plain_form(model)
    form = ET.Element("form", {"duplicate": "0", **entered(model, blueprint)})
    if layout.status is not None or model.buttons:
        header = ET.SubElement(form, "header")
        add_buttons(header, model, blueprint, say)
    if layout.status is not None:
        moved = any(layout.status in action.turn for action in _offered(model, blueprint))
        clickable = not moved and model.field(layout.status).choices != "statuses"
        options = {"widget": "statusbar", "options": f"{{'clickable': {clickable}}}"}
        ET.SubElement(header, "field", {"name": model.field(layout.status).column, **options})
    sheet = ET.SubElement(form, "sheet")
    if layout.title is not None:
        heading = ET.SubElement(ET.SubElement(sheet, "div", {"class": "oe_title"}), "h1")
        ET.SubElement(heading, "field", {"name": column_of(model, layout.title), "readonly": "1"})
    _groups(sheet, layout, model, blueprint, say)
    if layout.tabs:
        notebook = ET.SubElement(sheet, "notebook")
        for key in layout.tabs:
            _tab(notebook, key, model, blueprint, say)
    return ET.canonicalize(ET.tostring(form, encoding="unicode"))


def _offered(model: Model, blueprint: Blueprint) -> list[ServerAction]:
    """Return the actions behind the buttons: where they move the status, nobody clicks on it."""
    return [action for action in blueprint.actions if action.key in model.buttons]


def plain_form(model: Model) -> Form:
    """Return the form of a model that declares none: all its fields but the lists of facts."""
    fields = tuple(field.key for field in model.fields if field.type is not FieldType.MANY)
    return Form(groups=(FormGroup(label=model.label, fields=(*fields, "name")),))


def _groups(sheet: ET.Element, layout: Form, model: Model, blueprint: Blueprint, say: Say) -> None:
    frame = ET.SubElement(sheet, "group")
    for group in layout.groups:
        box = ET.SubElement(frame, "group", {"string": say(group.label)})
        for key in group.fields:
            told = {"readonly": "1"} if key in layout.told else {}
            ET.SubElement(box, "field", field_attributes(model, key, blueprint, looks_up=True) | told)


def field_attributes(
    model: Model, key: str, blueprint: Blueprint, *, looks_up: bool = False
) -> dict[str, str]:
    """Return how a field is shown on a form or in a row that is changed in place.

    `looks_up`: the name of who is linked is asked for and shown; rows show it in a column of its own.
    """
    attributes = plain_attributes(model, key)
    if key == "name":
        attributes["readonly"] = "1"
    elif model.field(key).type is FieldType.LINK:
        attributes |= _link(model.field(key), blueprint, looks_up=looks_up)
    return attributes


def _link(field: Field, blueprint: Blueprint, *, looks_up: bool) -> dict[str, str]:
    """Return how a link is shown: by name where `names.js` is there, by the CRM's own field elsewhere."""
    # No record is made or opened in passing: each has its own form, with its own checks.
    options: dict[str, object] = {"no_create": True, "no_open": True}
    by_name = naming(blueprint.model(field.to), blueprint) if field.to and "." not in field.to else None
    if by_name is None:
        return {"options": repr(options)}
    shows, searches = by_name
    named = {"shows": shows, "searches": searches, "looks_up": looks_up}
    return {"widget": "mist_name", "options": repr(options | {"naming": named})}


def _tab(notebook: ET.Element, key: str, model: Model, blueprint: Blueprint, say: Say) -> None:
    """Add a tab of facts; who may do what there, the access rights decide.

    Rows are changed in place where they have room for every field that somebody fills in; otherwise each
    opens in a dialog that has them all.
    """
    field = model.field(key)
    target = blueprint.model(field.to or "")
    known = known_here(model, target)
    quiet = model.form is not None and key in model.form.quiet
    hidden = {"invisible": f"not {field.column}"} if quiet else {}
    page = ET.SubElement(notebook, "page", {"string": say(field.label), **hidden})
    _acts(page, model, key, blueprint, say)
    holder = ET.SubElement(page, "field", {"name": field.column})
    # What has lists of its own behind it opens from its row.
    own_form = target.form is not None and bool(target.form.tabs)
    opens = {"open_form_view": "1"} if own_form else {}
    editable = {"editable": "bottom"} if in_place(target, known) else {}
    rows = ET.SubElement(holder, "list", {**editable, **opens, **rows_of(target)})
    for shown in target.shown:
        if shown not in known:
            ET.SubElement(rows, "field", field_attributes(target, shown, blueprint))
    add_buttons(rows, target, blueprint, say)
    if not in_place(target, known):
        _dialog(holder, target, known, blueprint, say)


def _dialog(holder: ET.Element, target: Model, known: set[str], blueprint: Blueprint, say: Say) -> None:
    """Add the form on which a row of a tab opens: what is known there already is left out."""
    layout = target.form or plain_form(target)
    groups = tuple(
        FormGroup(label=group.label, fields=tuple(key for key in group.fields if key not in known))
        for group in layout.groups
    )
    form = ET.SubElement(holder, "form")
    _groups(form, layout.model_copy(update={"groups": groups}), target, blueprint, say)


def filled_in(model: Model) -> tuple[str, ...]:
    """Return the fields that somebody fills in: no lists, nothing that the CRM works out or buttons write."""
    told = model.form.told if model.form else ()
    by_itself = {
        FieldType.JOINED,
        FieldType.FOLDED,
        FieldType.SHOWN,
        FieldType.MISSING,
        FieldType.KEPT,
        FieldType.MANY,
        FieldType.APART,
    }
    return tuple(
        field.key
        for field in model.fields
        if field.type not in by_itself
        and field.of is None
        and field.computed is None
        and field.key not in told
    )


def _acts(page: ET.Element, model: Model, tab: str, blueprint: Blueprint, say: Say) -> None:
    keys = model.form.acts.get(tab, ()) if model.form else ()
    if keys:
        row = ET.SubElement(page, "div", {"class": "d-flex flex-wrap gap-2 my-2"})
        for action in (offered(blueprint)[key] for key in keys):
            ET.SubElement(row, "button", {**button_of(action, say), "class": "btn-secondary"})


def in_place(target: Model, known: set[str]) -> bool:
    """Tell whether the rows of a tab are changed in place; `known` is what the tab need not ask."""
    opens = target.form is not None and bool(target.form.tabs)
    return opens or set(filled_in(target)) - known <= set(target.shown)


def known_here(model: Model, target: Model) -> set[str]:
    """Return what a fact says of the record that it stands on, and its own code: no news in that tab."""
    about = {field.key for field in target.fields if (field.of or "").startswith(f"{model.key}.")}
    return {"name", model.key, *about}
