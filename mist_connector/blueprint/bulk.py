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
    levels: dict[int, list[Record]] = {}
    computed = {str(field.values["name"]) for field in fields if _level(field) == 1}
    for field in fields:
        levels.setdefault(_level(field, computed), []).append(field)
    return [_code(levels[level], choices) for level in sorted(levels)]


def _belongs(record: Record, fields: Collection[str]) -> bool:
    holder = record.values.get("field_id")
    return record.model == CHOICES and isinstance(holder, Reference) and _local(holder) in fields


def _level(field: Record, computed: Collection[str] = ()) -> int:
    """Return 0 for plain fields, 1 for those computed from them, 3 for guards and what is only shown.

    What is computed from other computed fields (`computed`: their names) comes between, as 2.
    """
    depends = field.values.get("depends")
    if depends is None or depends == "create_date":
        return 0
    if field.values["name"] == "x_guard" or not field.values["store"]:
        return 3
    return 2 if {path.rpartition(".")[2] for path in str(depends).split(",")} & set(computed) else 1


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
