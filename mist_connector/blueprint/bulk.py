"""New models, fields and rights in a few calls: the CRM rebuilds its registry once a call, not once a record.

Written one record at a time, a hundred fields take nine seconds; in three batches, a fraction of one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mist_connector.bylaws.text import Text

from .kinds import KINDS
from .records import MODULE, Record, Reference, Value

FIELDS = "ir.model.fields"
CHOICES = "ir.model.fields.selection"

_CODE = """rows = %s
values = []
for row in rows:
    values.append(dict(row['values'], model_id=env.ref(row['model']).id))
fields = env['ir.model.fields'].sudo().create(values)
names = []
for field, row in zip(fields, rows):
    names.append({'module': '%s', 'name': row['name'], 'model': 'ir.model.fields', 'res_id': field.id})
    for choice in field.selection_ids:
        names.append({
            'module': '%s',
            'name': row['choices'][choice.value],
            'model': 'ir.model.fields.selection',
            'res_id': choice.id,
        })
env['ir.model.data'].sudo().create(names)
"""

_PLAIN = """rows = %s
values = []
for row in rows:
    value = dict(row['values'])
    for column in row['links']:
        value[column] = env.ref(row['links'][column]).id
    values.append(value)
created = env['%s'].sudo().with_context(install_mode=True).create(values)
env['ir.model.data'].sudo().create([
    {'module': '%s', 'name': row['name'], 'model': '%s', 'res_id': one.id} for one, row in zip(created, rows)
])
"""

MODELS = "ir.model"
# Records that refer to models and groups only, and to which nothing of ours refers.
RIGHTS = ("ir.model.access", "ir.rule")


def plain_bulk(
    records: Sequence[Record], created: Collection[str], model: str
) -> tuple[list[str], list[Record]]:
    """Return the code that creates the new records of a model, if any, and all the other records."""
    new = [record for record in records if record.model == model and record.name in created and _lone(record)]
    if not new:
        return [], list(records)
    names = {record.name for record in new}
    code = _PLAIN % (repr([_plain_row(record) for record in new]), model, MODULE, model)
    return [code], [record for record in records if record.name not in names]


def in_bulk(records: Sequence[Record], created: Collection[str]) -> tuple[list[Record], list[Record]]:
    """Return new fields with their choices, which a batch creates, and all the other records."""
    new = {record.name for record in records if record.model == FIELDS and record.name in created}
    batch = [record for record in records if record.name in new or _belongs(record, new)]
    chosen = {record.name for record in batch}
    return batch, [record for record in records if record.name not in chosen]


def extends(record: Record) -> bool:
    """Tell whether a record is a field of ours on a model that is not ours."""
    model = record.values.get("model_id")
    return (
        record.model == FIELDS and isinstance(model, Reference) and not model.xmlid.startswith(f"{MODULE}.")
    )


def batches(records: Sequence[Record]) -> list[str]:
    """Return the code of each batch: a computed field comes after those that it is computed from."""
    fields = [record for record in records if record.model == FIELDS]
    choices = [record for record in records if record.model == CHOICES]
    levels = _levels(fields)
    return [
        _code([field for field in fields if levels[field.name] == level], choices)
        for level in sorted(set(levels.values()))
    ]


def _belongs(record: Record, fields: Collection[str]) -> bool:
    holder = record.values.get("field_id")
    return record.model == CHOICES and isinstance(holder, Reference) and _local(holder) in fields


def _levels(fields: Sequence[Record]) -> dict[str, int]:
    """Return 0 for plain fields, 1 for those computed from them, and so on; guards and shown ones last."""
    computed = [field for field in fields if _depends(field) and not _comes_last(field)]
    below = {each.name: [one.name for one in computed if _rests_on(each, one)] for each in computed}
    levels = {field.name: 1 if field.name in below else 0 for field in fields}
    for _ in range(_DEEPEST):
        for name, names in below.items():
            levels[name] = max([levels[name], *(levels[each] + 1 for each in names)])
    last = max(levels.values(), default=0) + 1
    return {each.name: last if _comes_last(each) else levels[each.name] for each in fields}


# What is computed from what is computed, and so on: no chain of ours is longer.
_DEEPEST = 4


def _depends(field: Record) -> list[str]:
    depends = field.values.get("depends")
    return [] if depends is None or depends == "create_date" else str(depends).split(",")


def _comes_last(field: Record) -> bool:
    return field.values["name"] in {"x_guard", "x_sound", "x_another"} or not field.values["store"]


def _rests_on(field: Record, other: Record) -> bool:
    """Tell whether a field is computed from another; behind a link, any model may have the other."""
    name, same = str(other.values["name"]), field.values["model_id"] == other.values["model_id"]
    return field is not other and any(
        path.endswith(f".{name}") or (same and path == name) for path in _depends(field)
    )


def _code(fields: Sequence[Record], choices: Sequence[Record]) -> str:
    rows = [
        _row(field, [each for each in choices if each.values["field_id"] == _reference(field)])
        for field in fields
    ]
    return _CODE % (repr(rows), MODULE, MODULE)


def _row(field: Record, choices: Sequence[Record]) -> dict[str, object]:
    values = {
        column: _plain(field.values[column])
        for column in KINDS[FIELDS]
        if column != "model_id" and field.values.get(column) is not None
    }
    if choices:
        values["selection_ids"] = [(0, 0, _choice(choice)) for choice in choices]
    return {
        "name": field.name,
        "model": str(field.values["model_id"]),
        "values": values,
        "choices": {str(choice.values["value"]): choice.name for choice in choices},
    }


def _lone(record: Record) -> bool:
    """Tell whether a record has no links to several others at once."""
    return not any(value for value in record.values.values() if isinstance(value, frozenset))


def _plain_row(record: Record) -> dict[str, object]:
    held = {column: record.values[column] for column in KINDS[record.model] if column in record.values}
    links = {column: value.xmlid for column, value in held.items() if isinstance(value, Reference)}
    values = {
        column: _plain(value)
        for column, value in held.items()
        if value is not None and not isinstance(value, Reference | frozenset)
    }
    return {"name": record.name, "values": values, "links": links}


def _choice(choice: Record) -> dict[str, object]:
    return {column: _plain(choice.values[column]) for column in ("value", "name", "sequence")}


def _plain(value: Value) -> object:
    return value.en if isinstance(value, Text) else value


def _reference(record: Record) -> Reference:
    return Reference(f"{MODULE}.{record.name}")


def _local(reference: Reference) -> str:
    return reference.xmlid.split(".", 1)[1]
