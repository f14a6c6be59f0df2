"""Fields of our models as records of `ir.model.fields` and of their choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mist_connector.bylaws.text import Text

from .compile_changing import ended, first, kept
from .compile_edges import edges
from .compile_guards import guard_code, guard_triggers
from .compile_identity import identity
from .compile_missing import missing
from .compile_models import model_reference
from .compile_names import followed, joined, shown
from .compile_sound import ANOTHER, BY_ANOTHER, LABEL, SOUND, by_another, sound
from .compile_status import status
from .declaration import Blueprint, Choice, Field, FieldType, Model
from .folding import folded
from .pieces import call
from .records import Record, Value, own
from .today import with_given

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
    FieldType.FOLDED: "char",
    FieldType.SHOWN: "char",
    FieldType.KEPT: "boolean",
    FieldType.MISSING: "text",
}
CODE = Text(fr="Référence", en="Reference")
ASSOCIATION = Text(fr="Association", en="Association")
GUARD = Text(fr="Contrôle du règlement", en="Check of the bylaws")

_ASSOCIATION_SOURCE = """for record in self:
    record['x_association_id'] = self.env.ref('mist_connector.association')"""
# A form that is being filled is no record yet. What is stored, the CRM computes with all rights: in a draft
# it would tell whoever links something to it, or opens one on a record, what she may not read. So a draft
# is computed with the rights of who fills it.
_EACH = "for record in self:\n"
_EACH_WITH_OWN_RIGHTS = (
    "for record in [each if isinstance(each.id, int) else each.with_user(self.env.uid) for each in self]:\n"
)
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


_STEPS = {
    FieldType.MANY: 1,
    FieldType.JOINED: 2,
    FieldType.FOLDED: 2,
    FieldType.KEPT: 2,
    FieldType.SHOWN: 3,
    FieldType.MISSING: 3,
}


def field_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the fields of all models in the order in which they build on each other."""
    for model in blueprint.models:
        yield _code(model, blueprint)
        if model.key != "association":
            yield _association(model, blueprint)
    for step in range(4):
        for model in blueprint.models:
            for field in model.fields:
                if field.type is not FieldType.APART and _step(field) == step:
                    yield from _field(model, field, blueprint)
    for model in blueprint.models:
        yield from _kept_beside(model, blueprint)
        yield _guard(model, blueprint)
        yield from _further(model, blueprint)


def _further(model: Model, blueprint: Blueprint) -> Iterator[Record]:
    """Yield what refuses, beside the guard, whatever no rule needs to say."""
    checked, others = sound(model, blueprint), by_another(model, blueprint)
    because = blueprint.frame.because
    if checked is not None:
        yield _record(model, (SOUND, "char", LABEL), checked, (because.secrecy,))
    if others is not None:
        yield _record(model, (ANOTHER, "char", BY_ANOTHER), others, (because.functions,))


def _kept_beside(model: Model, blueprint: Blueprint) -> Iterator[Record]:
    """Yield the fields that the CRM keeps beside those that people fill in."""
    for column, label, values in edges(model, blueprint):
        yield _record(model, (column, "datetime", label), values, blueprint.frame.because.terms)
    for column, label, values in identity(model, blueprint):
        yield _record(model, (column, "char", label), values, ())


def _step(field: Field) -> int:
    """Return 0 for plain fields, 1 for lists of facts, 2 for what is computed, 3 for what is only shown."""
    if field.choices == "statuses" or field.computed or field.ended or field.first:
        return 2
    if field.type is FieldType.CHOICE and field.of is not None:
        return 3
    return _STEPS.get(field.type, 0)


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
    if field.type is FieldType.FOLDED:
        values |= folded(model, field)
    if field.type is FieldType.SHOWN:
        values |= shown(model, field, blueprint)
    if field.type is FieldType.CHOICE and field.of is not None:
        values |= followed(model, field, blueprint)
    values |= _by_itself(model, field, blueprint)
    if field.choices == "statuses":
        values |= status(model, blueprint)
    yield _record(model, (field.column, TYPES[field.type], field.label), values, _rules(field))
    for place, choice in enumerate(choices_of(field, blueprint)):
        yield _choice(model, field, choice, place)


def _by_itself(model: Model, field: Field, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM change a field without anybody."""
    if field.kept is not None:
        return kept(model, field, field.kept, blueprint)
    if field.ended is not None:
        return ended(model, field, field.ended, blueprint)
    if field.first is not None:
        return first(model, field, field.first, blueprint)
    if field.type is FieldType.MISSING:
        return missing(model, blueprint)
    if field.computed is not None:
        depends = ",".join(field.computed.depends)
        return {
            "compute": with_given(field.computed.code.strip(), blueprint),
            "depends": depends,
            "copied": False,
            "readonly": not field.computed.written,
        }
    return {}


def _rules(field: Field) -> tuple[str, ...]:
    return tuple(reason for reason in (field.rule, field.decision) if reason)


def _link(field: Field, blueprint: Blueprint) -> dict[str, Value]:
    release = "cascade" if field.goes_with else "set null" if field.lets_go else "restrict"
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


def _code(model: Model, blueprint: Blueprint) -> Record:
    values: dict[str, Value] = {
        "compute": call("code", f"dict(records=self, prefix={model.prefix!r})"),
        "depends": "create_date",
        "copied": False,
        "readonly": True,
        "index": True,
    }
    return _record(model, ("x_name", "char", CODE), values, (blueprint.frame.because.secrecy,))


def _association(model: Model, blueprint: Blueprint) -> Record:
    values: dict[str, Value] = {
        "compute": _ASSOCIATION_SOURCE,
        "depends": "create_date",
        "copied": False,
        "readonly": True,
        "relation": "x_mist_association",
        "on_delete": "restrict",
    }
    rules = blueprint.frame.because.leases
    return _record(model, ("x_association_id", "many2one", ASSOCIATION), values, rules)


def _guard(model: Model, blueprint: Blueprint) -> Record:
    values: dict[str, Value] = {
        "compute": guard_code(model, blueprint),
        "depends": guard_triggers(model, blueprint),
        "copied": False,
        "readonly": True,
    }
    return _record(model, ("x_guard", "char", GUARD), values, (blueprint.frame.because.secrecy,))


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
    return Record(name, "ir.model.fields", _drafted({**_DEFAULTS, **named, **values}), rules)


def _drafted(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the values of a field whose drafts are computed with the rights of who fills them."""
    code = values["compute"]
    if not values["store"] or not isinstance(code, str):
        return values
    return {**values, "compute": code.replace(_EACH, _EACH_WITH_OWN_RIGHTS, 1)}
