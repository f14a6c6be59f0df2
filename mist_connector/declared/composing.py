"""From YAML text to a tree with positions; refuses what could hide a mistake or an attack."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from mist_connector.errors import Place, Problem

from .source import Source
from .suggestion import quoted
from .syntax import explain_syntax
from .tree import Entries, Items, Node, Position, Scalar, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

# libyaml's parser is fifteen times as fast; where PyYAML was built without it, its own one serves.
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_TEXT = 1_000_000
DEEPEST = 30

# YAML's own list of printable characters, without the three exotic line breaks: an editor would not
# count lines as the parser does.
UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class _TooDeep(Exception):
    """The text nests deeper than any mapping of ours."""

    def __init__(self, position: Position) -> None:
        super().__init__()
        self.position = position


def compose(source: Source, problems: list[Problem]) -> Node | None:
    """Return the tree of a text, or None if it cannot be read at all; report every problem met.

    Aliases, anchors, tags, repeated keys and several documents in one text are reported, and the
    rest is read on, so that one run shows as much as possible.
    """
    root, found = _composed(source.name, source.text)
    problems.extend(found)
    return root


@lru_cache(maxsize=256)
def _composed(name: str, text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of a text and its problems; a command reads each file several times."""
    source, problems = Source(name, text), list[Problem]()
    return _tree(source, problems), tuple(problems)


def _tree(source: Source, problems: list[Problem]) -> Node | None:
    if unreadable := _unreadable(source):
        problems.append(unreadable)
        return None
    try:
        return _Composer(source, problems).document()
    except yaml.MarkedYAMLError as error:
        problems.append(explain_syntax(source, error))
    except _TooDeep as error:
        what = f"plus de {DEEPEST} niveaux imbriqués"
        problems.append(Problem(source.place(error.position), what, "simplifiez la structure"))
    return None


def _unreadable(source: Source) -> Problem | None:
    """Return why the text must not even be parsed, if so."""
    if len(source.text) > LARGEST_TEXT:
        what = f"fichier de plus de {LARGEST_TEXT} caractères"
        return Problem(Place(source.name, 1, 1), what, "répartissez-le en plusieurs fichiers")
    if found := UNPRINTABLE.search(source.text, 1 if source.text.startswith("\ufeff") else 0):
        what = f"caractère interdit U+{ord(found[0]):04X}"
        return Problem(source.place_at(found.start()), what, "enregistrez le fichier en UTF-8, sans lui")
    return None


def _position(event: yaml.Event) -> Position:
    """Return where an event of the parser begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Composer:
    """Builds the tree from the parser's events."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self._source = source
        self._problems = problems
        self._events: Iterator[yaml.Event] = iter(yaml.parse(source.text, Loader=PARSER))

    def document(self) -> Node | None:
        """Return the root of the only document, or None where there is nothing or a second one."""
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            self._report((1, 1), "fichier vide", "")
            return None
        root = self._node(next(self._events), 0)
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._report(_position(after), "second document dans le fichier", "retirez «\xa0---\xa0»")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        """Return the node that begins with this event."""
        if depth > DEEPEST:
            raise _TooDeep(_position(event))
        position = _position(event)
        self._refuse_tricks(event, position)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(position, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._entries(position, depth)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(resolve(event.value, plain=not event.style), position)
        return Scalar(None, position)

    def _refuse_tricks(self, event: yaml.Event, position: Position) -> None:
        """Report anchors, aliases and tags: they make a text mean more than it shows."""
        if isinstance(event, yaml.AliasEvent):
            self._report(position, f"renvoi *{event.anchor} interdit", "recopiez la valeur en toutes lettres")
        if not isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            return
        if event.anchor is not None:
            self._report(position, f"ancre &{event.anchor} interdite", "recopiez la valeur en toutes lettres")
        if event.tag is not None and event.tag != "!":
            self._report(position, f"étiquette {quoted(event.tag)} interdite", "écrivez la valeur seule")

    def _items(self, position: Position, depth: int) -> Items:
        """Return the list whose first event was just read."""
        nodes: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            nodes.append(self._node(event, depth + 1))
        return Items(tuple(nodes), position)

    def _entries(self, position: Position, depth: int) -> Entries:
        """Return the mapping whose first event was just read."""
        nodes: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, at = self._key(event, depth)
            node = self._node(next(self._events), depth + 1)
            if key is None:
                continue
            if key in keys:
                self._report(at, f"clé répétée {quoted(key)}", f"déjà écrite à la ligne {keys[key][0]}")
                continue
            nodes[key], keys[key] = node, at
        return Entries(nodes, keys, position)

    def _key(self, event: yaml.Event, depth: int) -> tuple[str | None, Position]:
        """Return a key and its position; None, once reported, for a key that is no single word."""
        position = _position(event)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tricks(event, position)
            return event.value, position
        self._node(event, depth + 1)
        self._report(
            position, "une clé doit être un mot", "les listes et les groupes vont après les deux-points"
        )
        return None, position

    def _report(self, position: Position, what: str, hint: str) -> None:
        """Add a problem at this position."""
        self._problems.append(Problem(self._source.place(position), what, hint))
