"""Records as a data module: one zip that the CRM imports in one call and one transaction."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mist_connector.bylaws.text import Text

from .bulk import MODELS, RIGHTS, batches, extends, in_bulk, plain_bulk
from .compile_hardening import SETTING
from .kinds import KINDS, Kind
from .pieces import PREFIX as PIECE
from .records import MODULE, Record, Reference, Value
from .settings_code import giving_back_code, setting_code
from .translations import translations

EXPECT = "action_expect"
BEFORE_FIELDS = ("res.groups.privilege", "res.groups", "ir.model")
_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Removal:
    """A record to delete: by the name of its external id, or by its id where it has none of ours."""

    model: str
    name: str | None = None
    id: int | None = None


@dataclass(frozen=True)
class Content:
    """What one import does: check, write, remove, and translate.

    `expectation` is code that raises unless the CRM is as the plan saw it. `unbound` are names to take
    from records that are not theirs; `created` names the records that are not there yet.
    `translated` are all the records whose French words the module carries; `conclusion` is code that runs
    last.
    """

    expectation: str
    unbound: Sequence[str]
    records: Sequence[Record]
    created: Collection[str]
    removals: Sequence[Removal]
    translated: Sequence[Record]
    conclusion: str = ""


def data_module(content: Content, *, title: str, version: str, depends: Sequence[str]) -> bytes:
    """Return the zip; the same content gives the same bytes."""
    manifest = {"name": title, "version": version, "depends": list(depends), "data": ["data.xml"]}
    files = {
        "__manifest__.py": repr({**manifest, "license": "LGPL-3", "author": "MIST"}),
        "data.xml": _HEADER + ET.tostring(_document(content), encoding="unicode"),
        "i18n/fr.po": translations(content.translated),
    }
    return _zip(files)


def _document(content: Content) -> ET.Element:
    """Return the elements in the order in which the CRM must meet them."""
    settings = [record for record in content.records if record.model == SETTING]
    others = [each for each in content.records if extends(each)]
    rest = [each for each in content.records if each.model != SETTING and not extends(each)]
    models, rest = plain_bulk(rest, content.created, MODELS)
    rights: list[str] = []
    for model in RIGHTS:
        codes, rest = plain_bulk(rest, content.created, model)
        rights.extend(codes)
    bulk, single = in_bulk(rest, content.created)
    root = ET.Element("odoo")
    root.extend(_run(EXPECT, content.expectation))
    if content.unbound:
        search = f"[('module', '=', '{MODULE}'), ('name', 'in', {list(content.unbound)!r})]"
        ET.SubElement(root, "delete", {"model": "ir.model.data", "search": search})
    first = [record for record in single if _before_fields(record)]
    root.extend(_record(record) for record in first)
    for code in (*models, *batches(bulk), *rights):
        root.extend(_run(EXPECT, code))
    root.extend(_record(record) for record in single if not _before_fields(record))
    # Last of what the CRM may refuse: a new column holds its table, and after a refusal the server would wait
    # for that table, to read its models anew, with the import that holds it still open.
    bulk, single = in_bulk(others, content.created)
    for code in batches(bulk):
        root.extend(_run(EXPECT, code))
    root.extend(_record(record) for record in single)
    root.extend(_removal(removal) for removal in content.removals if removal.model != SETTING)
    left = [removal.name for removal in content.removals if removal.model == SETTING and removal.name]
    for code in filter(None, (setting_code(settings), giving_back_code(left), content.conclusion)):
        root.extend(_run(EXPECT, code))
    # What is left behind of the action that ran: it refuses to run again.
    root.append(_action(EXPECT, "raise UserError('mist')"))
    return root


def _before_fields(record: Record) -> bool:
    """Tell whether fields rest on a record, be it because they are computed by the code that it holds."""
    return record.model in BEFORE_FIELDS or record.name.startswith(PIECE)


def _run(name: str, code: str) -> list[ET.Element]:
    """Return an action and its run, as part of the import's own transaction."""
    run = {"model": "ir.actions.server", "name": "run", "eval": f"[ref('{MODULE}.{name}')]"}
    return [_action(name, code), ET.Element("function", run)]


def _action(name: str, code: str) -> ET.Element:
    return _record(
        Record(
            name,
            "ir.actions.server",
            {
                "name": Text(fr="Déploiement", en="Deployment"),
                "model_id": Reference("base.model_ir_config_parameter"),
                "state": "code",
                "code": code.strip(),
                "group_ids": frozenset({Reference("base.group_system")}),
            },
        )
    )


def _zip(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{MODULE}/{name}", _EPOCH), content)
    return buffer.getvalue()


def _record(record: Record) -> ET.Element:
    element = ET.Element("record", {"id": record.name, "model": record.model})
    for column, kind in KINDS[record.model].items():
        if column in record.values:
            element.append(_field(column, kind, record.values[column]))
    return element


def _field(column: str, kind: Kind, value: Value) -> ET.Element:
    if kind is Kind.ARCH:
        assert isinstance(value, Text)  # noqa: S101 - views carry both languages
        field = ET.Element("field", {"name": "arch", "type": "xml"})
        field.append(ET.fromstring(value.en))  # noqa: S314 - our own XML, made a moment ago
        return field
    field = ET.Element("field", {"name": column})
    if value is None or isinstance(value, bool | int | frozenset):
        field.set("eval", _evaluated(value))
    elif isinstance(value, Reference):
        field.set("ref", value.xmlid)
    else:
        field.text = value.en if isinstance(value, Text) else value
    return field


def _evaluated(value: bool | int | frozenset[Reference] | None) -> str:  # noqa: FBT001 - a value, not a switch
    if isinstance(value, frozenset):
        references = ", ".join(f"ref('{reference}')" for reference in sorted(value))
        return f"[(6, 0, [{references}])]"
    return repr(False if value is None else value)


def _removal(removal: Removal) -> ET.Element:
    if removal.name is not None:
        return ET.Element("delete", {"model": removal.model, "id": removal.name})
    return ET.Element("delete", {"model": removal.model, "search": f"[('id', '=', {removal.id})]"})
