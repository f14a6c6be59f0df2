"""What makes a record the same as another, kept beside it: the CRM takes none twice, whoever writes at once.

The CRM computes the identity in the write's own transaction, looks for another record that has it, and
refuses with our sentence. What another transaction has written and not committed is invisible to that look;
so each transaction, just before it commits, touches the record that the identity hangs on (the person, the
assembly, or the association). The later of two cannot touch a row that changed since it began: the CRM then
runs it again from its start, and this time it sees what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mist_connector.bylaws.text import Text

from .declaration import Blueprint, Field, FieldType, Model
from .pieces import call
from .records import Value

COLUMN = "x_identity"
NAME = "name"
LABEL = Text(fr="Identité de l'enregistrement", en="Identity of the record")

# Shown by the CRM's own import, which tries no transaction again; everywhere else the CRM does.
BUSY = "Quelqu'un d'autre note au même moment : réessayez. (Somebody else records at this moment: try again.)"
_RECOUNT = """for name in %r:
    env.cr.execute('UPDATE ' + name + ' SET x_identity = NULL')
    env.invalidate_all()
    records = env[name].sudo().with_context(active_test=False).search([])
    env.add_to_compute(records._fields['x_identity'], records)
env.flush_all()
"""
ALREADY = "Déjà noté dans le CRM"  # how the sentence begins, by which a command knows it
_FRENCH = ALREADY + ", sous la référence % : {same}. Une même chose ne s'y note pas deux fois."
_ENGLISH = "Already recorded in the CRM, as % : {same}. The same thing is not recorded there twice."


def identity(model: Model, blueprint: Blueprint) -> Iterator[tuple[str, Text, dict[str, Value]]]:
    """Yield the field that holds the identity of a model's records, if any: column, label, values."""
    if not model.identity:
        return
    keys = model.identity
    link = next(
        (model.field(key) for key in keys if key != NAME and _link(model.field(key), blueprint)), None
    )
    given = {
        "parts": [(_column(model, key), _linked(model, key)) for key in keys],
        "table": blueprint.model(link.to or "").technical if link else "x_mist_association",
        "anchor": link.column if link else "x_association_id",
        "said": (_FRENCH.format(same=_same(model).fr), _ENGLISH.format(same=_same(model).en)),
        "busy": BUSY,
    }
    code = call("identity", f"dict({given!r}, records=self)")
    depends = sorted({"x_name", *(_column(model, key) for key in keys)})
    values: dict[str, Value] = {
        "compute": code,
        "depends": ",".join(depends),
        "copied": False,
        "readonly": True,
        "index": True,
    }
    yield COLUMN, LABEL, values


def recounting(models: Collection[str]) -> str:
    """Return code that works identities out again, where what tells records apart has changed.

    Nothing is refused then: what became the same is found by `mist check`.
    """
    return _RECOUNT % sorted(models) if models else ""


def _same(model: Model) -> Text:
    """Return what is the same in both records, by the labels that staff read."""
    labels = [model.field(key).label for key in model.identity if key != NAME]
    if not labels:
        return Text(fr="même référence", en="same reference")
    named = (
        ", ".join(f"«\xa0{label.fr}\xa0»" for label in labels),
        ", ".join(f"“{label.en}”" for label in labels),
    )
    return Text(fr=f"{model.label.fr}, même {named[0]}", en=f"{model.label.en}, same {named[1]}")


def _link(field: Field, blueprint: Blueprint) -> bool:
    return field.type is FieldType.LINK and field.to in {model.key for model in blueprint.models}


def _column(model: Model, key: str) -> str:
    return "x_name" if key == NAME else model.field(key).column


def _linked(model: Model, key: str) -> bool:
    return key != NAME and model.field(key).type is FieldType.LINK
