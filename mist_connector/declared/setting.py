"""Values set by their path: `offices.delegate.months.value`, or a short name of `shortcuts.yaml`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from pydantic import Field

from mist_connector.blueprint.numbers import BylawNumber
from mist_connector.bylaws.text import Text
from mist_connector.errors import DeclarationError, MistError, Place, Problem
from mist_connector.strict import Strict

from .borrowed import number_at
from .composing import compose
from .editing import Edit, paths_of
from .reading import Source, parse, read
from .suggestion import quoted, suggest
from .tree import Node

SHORTCUTS = "shortcuts.yaml"
SETTING = "--set"


class ShortcutsFile(Strict):
    """The shape of `shortcuts.yaml`."""

    shortcuts: dict[str, tuple[str, ...]]
    said: dict[str, Text] = Field(default_factory=dict)


def numbers_of(sources: Mapping[str, Source], problems: list[Problem]) -> tuple[BylawNumber, ...]:
    """Return the numbers whose change is told in words, by short name; a name of none is a problem."""
    source = sources.get(SHORTCUTS)
    document = read(source, ShortcutsFile, problems) if source else None
    found = []
    for name, said in (document.value.said if document else {}).items():
        paths = document.value.shortcuts.get(name, ()) if document else ()
        if not paths:
            place = Place(SHORTCUTS, 1, 1)
            problems.append(Problem(place, f"said.{name} : aucun nombre de ce nom", "nommez un raccourci"))
            continue
        # What an answer took away is no number any more, and changes no further.
        with suppress(KeyError):
            found.append(BylawNumber(name=name, value=number_at(paths[0], sources), said=said))
    return tuple(found)


def with_settings(sources: Mapping[str, Source], settings: Iterable[str]) -> dict[str, Source]:
    """Return the sources with each `PATH=VALUE` set; MistError for what is none, or leads nowhere."""
    found = dict(sources)
    short = short_names(sources)
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise MistError(f"« {setting} » ne dit pas de valeur.", todo="écrivez CHEMIN=VALEUR")
        node = _value(value)
        _check_short(name.strip(), short, found)
        for path in short.get(name.strip(), (name.strip(),)):
            add_edit(found, path, node, short)
    return found


def _check_short(name: str, short: Mapping[str, tuple[str, ...]], sources: Mapping[str, Source]) -> None:
    """Raise MistError for what is no path, and nearly a short name."""
    near = difflib.get_close_matches(name, list(short), n=1, cutoff=0.85)
    if name not in short and near and name not in all_paths(sources):
        raise MistError(
            f"Aucune valeur ne s'appelle « {name} ».",
            todo=f"vouliez-vous dire {quoted(near[0])}\N{NO-BREAK SPACE}?",
        )


def add_edit(
    sources: dict[str, Source],
    path: str,
    node: Node,
    short: Mapping[str, tuple[str, ...]],
    *,
    by_hand: bool = True,
) -> None:
    """Have one of the sources read with a node at this path; MistError where no file is of that name.

    What is asked for by hand is read rather than what a decision sets.
    """
    head, _, rest = path.partition(".")
    names = [name for name in sources if _file(name) == head] or [
        name for name in sources if _file(name).rpartition("/")[2] == head
    ]
    if len(names) != 1 or not rest:
        known = [*short, *all_paths(sources)]
        hint = suggest(path, known) or f"un chemin commence par : {', '.join(sorted(map(_file, sources)))}"
        raise MistError(f"Aucune valeur ne s'appelle « {path} ».", todo=hint)
    source, edit = sources[names[0]], Edit(tuple(rest.split(".")), node)
    # The last edit of a value is the one that is read.
    asked = tuple(each for each in source.edits if each.by_hand)
    others = tuple(each for each in source.edits if not each.by_hand)
    edits = (*others, *asked, replace(edit, by_hand=True)) if by_hand else (*others, edit, *asked)
    sources[names[0]] = replace(source, edits=edits)


def _file(name: str) -> str:
    return name.removesuffix(".yaml")


def all_paths(sources: Mapping[str, Source]) -> list[str]:
    """Return the path of every value of every file, the key of the whole file left out."""
    found: list[str] = []
    for name, source in sources.items():
        draft, stem = parse(source, []), _file(name)
        paths = paths_of(draft.root) if draft else ()
        found += [f"{stem}.{path.removeprefix(stem + '.')}" for path in paths]
    return found


def _value(text: str) -> Node:
    problems: list[Problem] = []
    node = compose(Source(SETTING, text), problems)
    if node is None or problems:
        raise DeclarationError(
            problems or [Problem(Place(SETTING, 1, 1), f"valeur illisible {quoted(text)}")]
        )
    return node


def short_names(sources: Mapping[str, Source]) -> Mapping[str, tuple[str, ...]]:
    """Return the paths that each short name stands for."""
    source = sources.get(SHORTCUTS)
    document = read(source, ShortcutsFile, []) if source else None
    return document.value.shortcuts if document else {}
