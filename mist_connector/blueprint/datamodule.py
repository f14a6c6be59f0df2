"""Records as a data module: one zip that the CRM imports in one call and one transaction."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mist_connector.bylaws.text import Text

from .kinds import KINDS, Kind
from .records import MODULE, Record, Reference, Value
from .translations import translations

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Removal:
    """A record to delete: by the name of its external id, or by its id where it has none of ours."""

    model: str
    name: str | None = None
    id: int | None = None


def data_module(
    *,
    title: str,
    version: str,
    depends: Sequence[str],
    guard: Record,
    records: Iterable[Record],
    removals: Iterable[Removal],
    translated: Iterable[Record],
) -> bytes:
    """Return the zip: first the guard runs, then records are written, then others are removed.

    `translated` are all the records whose French words the module carries, changed or not.
    """
    root = ET.Element("odoo")
    root.append(_record(guard))
    ET.SubElement(
        root,
        "function",
        {"model": "ir.actions.server", "name": "run", "eval": f"[ref('{MODULE}.{guard.name}')]"},
    )
    root.extend(_record(record) for record in records)
    root.extend(_removal(removal) for removal in removals)
    manifest = {"name": title, "version": version, "depends": list(depends), "data": ["data.xml"]}
    files = {
        "__manifest__.py": repr({**manifest, "license": "LGPL-3", "author": "MIST"}),
        "data.xml": ET.tostring(root, encoding="unicode"),
        "i18n/fr.po": translations(translated),
    }
    return _zip(files)


def _zip(files: dict[str, str]) -> bytes:
    """Pack the files; the same content gives the same bytes."""
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
