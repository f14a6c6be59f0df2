"""The kinds of fact that an association records, made of the models that its mappings declare.

A kind that the engine knows by a name of its own (a mandate, a departure) is its dataclass in `facts.py`. Any
other relation of a person to a model becomes a kind of fact as well, with the dates, flags, numbers, choices
and links of that model, so that statuses, findings and hooks may rest on it. No text is a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, make_dataclass
from functools import cache, cached_property
from types import GenericAlias
from typing import Any, cast, get_args, get_type_hints

from .facts import CommonFacts, Facts

PERSON = "person"
_HINTS = {"date": "date", "flag": "bool", "number": "int", "choice": "str", "link": "str"}
_SEVERAL = frozenset({"many", "apart"})
# A person's own dates and flags that are facts; a choice of hers tells how to reach her.
_OF_HERSELF = frozenset({"date", "flag"})
# What every fact leads to, or bears already.
_ELSEWHERE = frozenset({PERSON, "code", "name"})


@dataclass(frozen=True)
class Part:
    """A field of a model: its key, its type by the word of the mappings, and the model that it leads to."""

    key: str
    type: str
    to: str | None = None
    required: bool = False


Models = Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True)
class FactShapes:
    """What facts an association records. `facts` holds those of a person, whatever her models are.

    `person`, `common`, `everybody`: what conditions may name of a person, of the association itself, and of
    everybody; nothing that no model records.
    """

    facts: type[Facts]
    person: type
    common: type
    everybody: type

    @cached_property
    def relations(self) -> Mapping[str, type]:
        """The kinds of fact that a person has, by the name of the relation."""
        return _relations(self.person)

    @cached_property
    def scalars(self) -> tuple[str, ...]:
        """The values of a person herself that are facts."""
        return tuple(name for name in get_type_hints(self.person) if name not in {*self.relations, "code"})

    @cached_property
    def commons(self) -> Mapping[str, type]:
        """The kinds of fact of the association itself that are records, by the name of the relation."""
        return _relations(self.common)


def fact_shapes(models: Models) -> FactShapes:
    """Return the kinds of fact that models record; those that the engine knows, where there is no person."""
    if PERSON not in models:
        return FactShapes(Facts, Facts, CommonFacts, _everybody(Facts, CommonFacts))
    named = {part.key: part for part in models[PERSON]}
    known, commons = get_type_hints(Facts), get_type_hints(CommonFacts)
    more = tuple(
        (part.key, _made(str(part.to), models[str(part.to)]))
        for part in named.values()
        if part.key not in known and part.type in _SEVERAL and _is_a_fact(models.get(str(part.to), ()))
    )
    own = tuple(
        part for part in named.values() if part.key not in known and part.type in _OF_HERSELF and _plain(part)
    )
    kept = tuple(name for name in known if name in named or name == "code")
    common = tuple(name for name in commons if singular(name) in models or not _is_kind(commons[name]))
    facts: type = _facts(more, own)
    person = _narrowed("Person", facts, (*kept, *(name for name, _ in more), *(part.key for part in own)))
    narrowed = _narrowed("Common", CommonFacts, common)
    return FactShapes(facts, person, narrowed, _everybody(person, narrowed))


def lacking(models: Models) -> Iterator[tuple[str, str]]:
    """Yield each model, and each field without which its records are no facts as the engine knows them."""
    for name, shape in _relations(Facts).items():
        to = next((part.to for part in models.get(PERSON, ()) if part.key == name), None)
        keys = {part.key for part in models.get(str(to), ())}
        for each in fields(shape):
            if to in models and each.default is MISSING and each.name not in keys:
                yield str(to), each.name


def singular(relation: str) -> str:
    """Return the model of a kind of fact."""
    return f"{relation.removesuffix('ies')}y" if relation.endswith("ies") else relation.removesuffix("s")


def _is_a_fact(parts: Iterable[Part]) -> bool:
    """Tell whether records of a model are about one person and have a day."""
    keys = {part.key: part for part in parts}
    return PERSON in keys and any(keys[key].type == "date" for key in ("on", "since") if key in keys)


def _plain(part: Part) -> bool:
    return part.key not in _ELSEWHERE


@cache
def _made(key: str, parts: tuple[Part, ...]) -> type:
    """Return a kind of fact for the records of a model, its days first."""
    hinted = [part for part in parts if part.type in _HINTS and _plain(part)]
    hinted.sort(key=lambda part: (not part.required, part.key not in {"on", "since"}, part.type != "date"))
    made: list[Any] = [(part.key, _HINTS[part.type]) for part in hinted if part.required]
    made += [(part.key, _hint(part), _default(part)) for part in hinted if not part.required]
    name = "".join(word.capitalize() for word in key.split("_"))
    return _dataclass(name, [*made, ("code", "str", "")])


def _hint(part: Part) -> str:
    """Return the type of a value that may be missing; a flag never is."""
    return "bool" if part.type == "flag" else f"{_HINTS[part.type]} | None"


def _default(part: Part) -> object:
    return field(default=False if part.type == "flag" else None)


@cache
def _facts(more: tuple[tuple[str, type], ...], own: tuple[Part, ...]) -> type[Facts]:
    """Return what holds a person's facts, further kinds and values included."""
    if not more and not own:
        return Facts
    made: list[Any] = [(name, GenericAlias(tuple, (shape, ...)), field(default=())) for name, shape in more]
    made += [(part.key, _hint(part), _default(part)) for part in own]
    return cast("type[Facts]", _dataclass("Facts", made, bases=(Facts,)))


@cache
def _narrowed(name: str, shape: type, names: tuple[str, ...]) -> type:
    """Return a shape with some of its fields alone."""
    if list(names) == [each.name for each in fields(shape)]:
        return shape
    hints = get_type_hints(shape)
    return _dataclass(name, [(each, hints[each]) for each in names])


@cache
def _everybody(person: type, common: type) -> type:
    """Return what the association leads to: everybody's facts of each kind, and its own."""
    hints = {**get_type_hints(person), **get_type_hints(common)}
    return _dataclass("Everybody", list(hints.items()))


def _relations(shape: type) -> dict[str, type]:
    found = get_type_hints(shape)
    return {name: get_args(hint)[0] for name, hint in found.items() if _is_kind(hint)}


def _is_kind(hint: object) -> bool:
    """Tell whether a value is several facts of one kind."""
    inner = next(iter(get_args(hint)), None)
    return isinstance(inner, type) and is_dataclass(inner)


def _dataclass(name: str, made: list[Any], bases: tuple[type, ...] = ()) -> type:
    """Return a frozen dataclass whose types are told by the words of `facts.py`."""
    shape = make_dataclass(name, made, bases=bases, frozen=True)
    shape.__module__ = Facts.__module__
    return shape
