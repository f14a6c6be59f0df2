"""The kinds of fact that mapping files declare, before their models are read as such."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.bylaws.fact_shapes import FactShapes, Models, Part, fact_shapes, lacking
from mist_connector.errors import Place, Problem

from .reading import Source, parse
from .suggestion import quoted
from .tree import Entries, Items, Node, Scalar, child, children

MODELS = "blueprint/models/"
_YES = True


def kinds_of(sources: Mapping[str, Source], problems: list[Problem]) -> FactShapes:
    """Return the kinds of fact that the models of the sources make; add what a known kind lacks.

    What else is wrong with a model is told where it is read.
    """
    models = dict(_models(sources))
    for key, name in lacking(models):
        place = Place(f"{MODELS}{key}.yaml", 1, 1)
        what = f"le modèle {quoted(key)} n'a pas de champ {quoted(name)}, sans lequel ce n'est pas un fait"
        problems.append(Problem(place, what, "ajoutez-le, ou donnez un autre nom à la liste de la personne"))
    return fact_shapes(models)


def _models(sources: Mapping[str, Source]) -> Models:
    found = {}
    for name, source in sources.items():
        draft = parse(source, []) if name.startswith(MODELS) else None
        model = child(draft.root, "model") if draft else None
        key = _word(child(model, "key")) if model else None
        if model and key:
            listed = child(model, "fields")
            fields = children(listed) if isinstance(listed, Items) else ()
            found[key] = tuple(map(_drafted, fields))
    return found


def _drafted(node: Node) -> Part:
    """Return a field as far as it can be read; one without a key is told where it is read as such."""
    said = {name: _word(child(node, name)) for name in ("key", "type", "to")}
    required = child(node, "required") if isinstance(node, Entries) else None
    flag = isinstance(required, Scalar) and required.value is _YES
    return Part(said["key"] or "", said["type"] or "", said["to"], flag)


def _word(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None
