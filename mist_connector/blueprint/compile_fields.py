"""Fields of our models as records of `ir.model.fields` and of their choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mist_connector.bylaws.text import Text

from .compile_changing import ended, kept
from .compile_edges import edges
from .compile_guards import guard_code, guard_triggers
from .compile_models import model_reference
from .compile_names import followed, joined, shown
from .compile_status import status_code, status_triggers
from .declaration import Blueprint, Choice, Field, FieldType, Model
from .records import Record, Value, own

TYPES = {
    FieldType.TEXT: "char",
    FieldType.NOTE: "text",
    FieldType.DATE: "date",
    FieldType.FLAG: "boolean",
    FieldType.NUMBER: "integer",
    FieldType.CHOICE: "selection",
    FieldType.LINK: "many2one",
    FieldType.MANY: "one2many",
    FieldType.JOINED: "char",
    FieldType.SHOWN: "char",
    FieldType.KEPT: "boolean",
}
CODE = Text(fr="Référence", en="Reference")
ASSOCIATION = Text(fr="Association", en="Association")
GUARD = Text(fr="Contrôle du règlement", en="Check of the bylaws")

# A random, neutral code: whoever has a login can have the display name of any record.
_CODE_SOURCE = """for record in self:
    if not isinstance(record.id, int):
        record['x_name'] = record._origin.x_name
        continue
    self.env.cr.execute("SELECT upper(replace(gen_random_uuid()::text, '-', ''))")
    random = self.env.cr.fetchone()[0]
    record['x_name'] = record.x_name or '%s-' + random[:4] + '-' + random[4:8]"""
_ASSOCIATION_SOURCE = """for record in self:
    record['x_association_id'] = self.env.ref('mist_connector.association')"""
_DEFAULTS: Mapping[str, Value] = {
    "help": None,
    "required": False,
    "readonly": False,
    "store": True,
    "copied": True,
    "index": False,
    "relation": None,
    "relation_field": None,
    "on_delete": None,
    "compute": None,
    "depends": None,
    "domain": "[]",
}


def field_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the fields of all models in the order in which they build on each other."""
    for model in blueprint.models:
        yield _code(model)
        if model.key != "association":
            yield _association(model)
    for step in range(4):
        for model in blueprint.models:
            for field in model.fields:
                if field.type is not FieldType.APART and _step(field) == step:
                    yield from _field(model, field, blueprint)
    for model in blueprint.models:
        for column, label, values in edges(model, blueprint):
            yield _record(model, (column, "datetime", label), values, ("C05", "C08"))
        yield _guard(model, blueprint)


def _step(field: Field) -> int:
    """Return 0 for plain fields, 1 for lists of facts, 2 for what is computed, 3 for what is only shown."""
    if field.choices == "statuses" or field.computed is not None or field.ended is not None:
        return 2
    if field.type is FieldType.CHOICE and field.of is not None:
        return 3
    return {FieldType.MANY: 1, FieldType.JOINED: 2, FieldType.KEPT: 2, FieldType.SHOWN: 3}.get(field.type, 0)


def choices_of(field: Field, blueprint: Blueprint) -> tuple[Choice, ...]:
    """Return the entries that a choice may take."""
    if field.choices is None:
        return ()
    return blueprint.vocabularies[field.choices]


def _field(model: Model, field: Field, blueprint: Blueprint) -> Iterator[Record]:
    values: dict[str, Value] = {"required": field.required, "help": field.help}
    if field.type is FieldType.LINK:
        values |= _link(field, blueprint)
    if field.type is FieldType.MANY:
        values |= _many(model, field, blueprint)
    if field.type is FieldType.JOINED:
        values |= joined(model, field)
    if field.type is FieldType.SHOWN:
        values |= shown(model, field, blueprint)
    if field.type is FieldType.CHOICE and field.of is not None:
        values |= followed(model, field, blueprint)
    values |= _by_itself(model, field, blueprint)
    if field.choices == "statuses":
        values |= {
            "compute": status_code(model, blueprint),
            "depends": status_triggers(model, blueprint),
            "copied": False,
        }
    yield _record(model, (field.column, TYPES[field.type], field.label), values, _rules(field))
    for place, choice in enumerate(choices_of(field, blueprint)):
        yield _choice(model, field, choice, place)


def _by_itself(model: Model, field: Field, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM change a field without anybody."""
    if field.kept is not None:
        return kept(model, field, field.kept, blueprint)
    if field.ended is not None:
        return ended(model, field, field.ended, blueprint)
    if field.computed is not None:
        depends = ",".join(field.computed.depends)
        return {"compute": field.computed.code.strip(), "depends": depends, "copied": False}
    return {}


def _rules(field: Field) -> tuple[str, ...]:
    return tuple(reason for reason in (field.rule, field.decision) if reason)


def _link(field: Field, blueprint: Blueprint) -> dict[str, Value]:
    release = "set null" if field.lets_go else "restrict"
    return {"relation": _technical(field, blueprint), "on_delete": release, "index": True}


def _many(model: Model, field: Field, blueprint: Blueprint) -> dict[str, Value]:
    inverse = f"x_{model.key}_id"
    return {
        "relation": _technical(field, blueprint),
        "relation_field": inverse,
        "copied": False,
    }


def _technical(field: Field, blueprint: Blueprint) -> str:
    assert field.to is not None  # noqa: S101 - checked when the mappings are read
    return blueprint.model(field.to).technical if "." not in field.to else field.to


def _choice(model: Model, field: Field, choice: Choice, place: int) -> Record:
    return Record(
        name=f"choice_{model.key}__{field.key}__{choice.id}",
        model="ir.model.fields.selection",
        values={
            "field_id": own(f"field_{model.key}__{field.column}"),
            "value": choice.id,
            "name": choice.label,
            "sequence": place,
        },
        rules=(choice.rule,) if choice.rule else (),
    )


def _code(model: Model) -> Record:
    values: dict[str, Value] = {
        "compute": _CODE_SOURCE % model.prefix,
        "depends": "create_date",
        "copied": False,
        "readonly": True,
        "index": True,
    }
    return _record(model, ("x_name", "char", CODE), values, ("C02",))


def _association(model: Model) -> Record:
    values: dict[str, Value] = {
        "compute": _ASSOCIATION_SOURCE,
        "depends": "create_date",
        "copied": False,
        "readonly": True,
        "relation": "x_mist_association",
        "on_delete": "restrict",
    }
    return _record(model, ("x_association_id", "many2one", ASSOCIATION), values, ("C05", "C07", "C08"))


def _guard(model: Model, blueprint: Blueprint) -> Record:
    values: dict[str, Value] = {
        "compute": guard_code(model, blueprint),
        "depends": guard_triggers(model, blueprint),
        "copied": False,
        "readonly": True,
    }
    return _record(model, ("x_guard", "char", GUARD), values, ("C02",))


def _record(
    model: Model, what: tuple[str, str, Text], values: Mapping[str, Value], rules: tuple[str, ...]
) -> Record:
    column, ttype, label = what
    named: dict[str, Value] = {
        "model_id": model_reference(model.technical),
        "name": column,
        "ttype": ttype,
        "field_description": label,
    }
    name = f"field_{model.key}__{column}"
    return Record(name, "ir.model.fields", {**_DEFAULTS, **named, **values}, rules)
