"""Values as the CRM answers them, brought to the shape in which they are declared."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mist_connector.blueprint.kinds import KINDS, Kind
from mist_connector.blueprint.records import MODULE, Record, Reference, Value

TARGETS = {
    "model_id": "ir.model",
    "binding_model_id": "ir.model",
    "field_id": "ir.model.fields",
    "group_id": "res.groups",
    "group_ids": "res.groups",
    "groups": "res.groups",
    "implied_ids": "res.groups",
    "implied_by_ids": "res.groups",
    "privilege_id": "res.groups.privilege",
    "implied_id": "res.groups",
    "parent_id": "ir.ui.menu",
    "res_id": "ir.asset",
}


# The importer's own names for the files of a module, which every import brings anew: translations.
IMPORTED = "attachment_"


class Names:
    """External ids of the records that we own, and of those of others that we refer to."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.own: dict[tuple[str, int], str] = {}
        self._all: dict[tuple[str, int], str] = {}
        tangled: set[str] = set()
        for row in rows:
            key = (row["model"], row["res_id"])
            self._all[key] = f"{row['module']}.{row['name']}"
            if row["module"] != MODULE:
                continue
            if key in self.own:
                tangled |= {self.own[key], row["name"]}
            self.own[key] = row["name"]
        # Names of ours that point to one record: whose it is cannot be told, so it is nobody's.
        self.tangled = frozenset(tangled)
        self.own = {
            key: name
            for key, name in self.own.items()
            if name not in tangled and not name.startswith(IMPORTED)
        }

    def ours(self, *, but: Collection[str] = ()) -> dict[str, list[int]]:
        """Return the ids of our records by model, without those named."""
        by_model: dict[str, list[int]] = defaultdict(list)
        for (model, row_id), name in self.own.items():
            if name not in but:
                by_model[model].append(row_id)
        return by_model

    def id_of(self, model: str, reference: Reference) -> int:
        """Return the id of a record that we know by its external id; 0 if it is not there."""
        wanted = (model, str(reference))
        return next((row_id for (of, row_id), xmlid in self._all.items() if (of, xmlid) == wanted), 0)

    def reference(self, model: str, row_id: int) -> Reference:
        """Return the reference to a record; one without an external id that we know shows its id."""
        return Reference(self._all.get((model, row_id), f"{model}#{row_id}"))

    @staticmethod
    def foreign_references(records: Iterable[Record]) -> set[str]:
        """Return the external ids of others that the records refer to."""
        found: set[str] = set()
        for record in records:
            for value in record.values.values():
                several = value if isinstance(value, frozenset) else {value}
                found |= {each.xmlid for each in several if isinstance(each, Reference)}
        return {xmlid for xmlid in found if not xmlid.startswith(f"{MODULE}.")}


def normalized(model: str, row: Mapping[str, Any], names: Names) -> dict[str, Value]:
    """Return the values of one record that we answer for, in the shape of the declaration."""
    return {column: _value(kind, column, row.get(column), names) for column, kind in KINDS[model].items()}


def _value(kind: Kind, column: str, value: Any, names: Names) -> Value:  # noqa: ANN401, PLR0911 - the CRM's
    match kind:
        case Kind.FLAG:
            return bool(value)
        case Kind.NUMBER:
            return int(value or 0)
        case Kind.LINK:
            return names.reference(TARGETS[column], _id(value)) if value else None
        case Kind.LINKS:
            return frozenset(names.reference(TARGETS[column], _id(each)) for each in value or ())
        case Kind.POINTER:
            target, _, row_id = str(value).partition(",") if value else ("", "", "")
            return names.reference(target, int(row_id)) if target else None
        case Kind.ARCH:
            return ET.canonicalize(value) if value else None
        case Kind.WORDS | Kind.TEXT | Kind.PARAGRAPH:
            return str(value) if value else None


def _id(value: Any) -> int:  # noqa: ANN401 - the CRM answers an id, a pair, or a record
    if isinstance(value, Mapping):
        return int(value["id"])
    return int(value[0]) if isinstance(value, list | tuple) else int(value)
