"""The form of a model: status bar, groups of fields, a tab for each list of facts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from mist_connector.bylaws.text import Text

from .declaration import Blueprint, FieldType, Form, FormGroup, Model, Operation
from .view_list import column_of

# What staff may not change is shown to them without the means to try.
_FIXED = {"create": "0", "edit": "0", "delete": "0"}


def form_arch(model: Model, blueprint: Blueprint) -> Text:
    """Return the form's XML in both languages."""
    return Text(
        fr=_arch(model, blueprint, lambda text: text.fr), en=_arch(model, blueprint, lambda text: text.en)
    )


def _arch(model: Model, blueprint: Blueprint, say: Callable[[Text], str]) -> str:
    layout = model.form or _plain(model)
    form = ET.Element("form")
    if layout.status is not None:
        header = ET.SubElement(form, "header")
        options = {"widget": "statusbar", "options": "{'clickable': '1'}"}
        ET.SubElement(header, "field", {"name": model.field(layout.status).column, **options})
    sheet = ET.SubElement(form, "sheet")
    _groups(sheet, layout, model, say)
    if layout.tabs:
        notebook = ET.SubElement(sheet, "notebook")
        for key in layout.tabs:
            _tab(notebook, key, model, blueprint, say)
    return ET.canonicalize(ET.tostring(form, encoding="unicode"))


def _plain(model: Model) -> Form:
    fields = tuple(field.key for field in model.fields if field.type is not FieldType.MANY)
    return Form(groups=(FormGroup(label=model.label, fields=("name", *fields)),))


def _groups(sheet: ET.Element, layout: Form, model: Model, say: Callable[[Text], str]) -> None:
    frame = ET.SubElement(sheet, "group")
    for group in layout.groups:
        box = ET.SubElement(frame, "group", {"string": say(group.label)})
        for key in group.fields:
            ET.SubElement(box, "field", _attributes(model, key))


def _attributes(model: Model, key: str) -> dict[str, str]:
    attributes = {"name": column_of(model, key)}
    if key == "name":
        attributes["readonly"] = "1"
    elif model.field(key).type is FieldType.LINK:
        # No record is made or opened in passing: each has its own form, with its own checks.
        attributes["options"] = "{'no_create': True, 'no_open': True}"
    return attributes


def _tab(
    notebook: ET.Element, key: str, model: Model, blueprint: Blueprint, say: Callable[[Text], str]
) -> None:
    field = model.field(key)
    target = blueprint.model(field.to or "")
    page = ET.SubElement(notebook, "page", {"string": say(field.label)})
    holder = ET.SubElement(page, "field", {"name": field.column})
    may_write = Operation.CREATE in target.access.get("staff", ())
    rows = ET.SubElement(holder, "list", {"editable": "bottom"} if may_write else _FIXED)
    for shown in target.shown:
        if shown != model.key:
            ET.SubElement(rows, "field", _attributes(target, shown))
