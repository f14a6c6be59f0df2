"""Where mapping files cite a rule: every file, line and column, with the entry that cites it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mist_connector.errors import Place

from .composing import compose
from .source import Source
from .tree import Entries, Items, Node, Scalar

# The keys by which an entry is known.
_NAMES = ("key", "id", "model")


@dataclass(frozen=True)
class Citation:
    """One place that cites a rule, and the name of the entry around it, if it has one."""

    place: Place
    entry: str


def citations(sources: Mapping[str, Source], rule: str) -> Iterator[Citation]:
    """Yield every citation of a rule, in the order of the files; its own declaration is none."""
    for source in sources.values():
        root = compose(source, [])
        if root is not None:
            yield from _below(source, root, rule, _Entry("", named=False))


@dataclass(frozen=True)
class _Entry:
    """The entry around a node; one that has a name of its own keeps it for all that it holds."""

    label: str
    named: bool

    def at(self, node: Node, key: str) -> _Entry:
        """Return the entry around a node that stands under a key."""
        if not isinstance(node, Entries):
            return self
        if name := _name(node):
            return _Entry(name, named=True)
        return self if self.named or not key else _Entry(key, named=False)


def _below(source: Source, node: Node, rule: str, entry: _Entry) -> Iterator[Citation]:
    if isinstance(node, Items):
        for each in node.nodes:
            yield from _below(source, each, rule, entry.at(each, ""))
    elif isinstance(node, Entries):
        for key, each in node.nodes.items():
            if not (key == "id" and _is(each, rule)):
                yield from _below(source, each, rule, entry.at(each, key))
    elif _is(node, rule):
        yield Citation(source.place(node.position), entry.label)


def _is(node: Node, rule: str) -> bool:
    return isinstance(node, Scalar) and node.value == rule


def _name(node: Entries) -> str:
    for key in _NAMES:
        named = node.nodes.get(key)
        if isinstance(named, Scalar) and isinstance(named.value, str):
            return named.value
    return ""
