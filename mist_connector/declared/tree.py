"""The tree of a YAML text, where every value and every key keeps its position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Position: TypeAlias = tuple[int, int]
"""1-based line and column."""

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"
"""What a tree holds once positions are dropped: exactly what JSON can say, without fractions."""

# Longer numbers are no number that the bylaws could mean, and Python refuses to read the longest.
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Scalar:
    """One value: text, whole number, true or false, or nothing."""

    value: str | int | bool | None
    position: Position

    def data(self) -> Data:
        """Return the value itself."""
        return self.value


@dataclass(frozen=True)
class Items:
    """A list of nodes."""

    nodes: tuple[Node, ...]
    position: Position

    def data(self) -> Data:
        """Return the values of the nodes, in order."""
        return [node.data() for node in self.nodes]


@dataclass(frozen=True)
class Entries:
    """Nodes by key; the position of each key is kept beside."""

    nodes: dict[str, Node]
    keys: dict[str, Position]
    position: Position

    def data(self) -> Data:
        """Return the values by key."""
        return {key: node.data() for key, node in self.nodes.items()}


Node: TypeAlias = Scalar | Items | Entries


def resolve(text: str, *, plain: bool) -> str | int | bool | None:
    """Return what a scalar means: quoted, or like `12.10`, `no` and dates, it stays a text."""
    if not plain:
        return text
    if text in WORDS:
        return WORDS[text]
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text


def child(node: Node, step: str | int) -> Node | None:
    """Return the node one step down, or None where there is none."""
    if isinstance(node, Entries):
        return node.nodes.get(str(step))
    if isinstance(node, Items) and isinstance(step, int) and 0 <= step < len(node.nodes):
        return node.nodes[step]
    return None


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes one step down."""
    if isinstance(node, Entries):
        yield from node.nodes.values()
    elif isinstance(node, Items):
        yield from node.nodes


def select(node: Node, pattern: tuple[str, ...]) -> Iterator[Scalar]:
    """Yield the scalars at every path that fits: `*` is any one step, `**` any number of steps."""
    if not pattern:
        if isinstance(node, Scalar):
            yield node
        return
    step, rest = pattern[0], pattern[1:]
    if step == "**":
        yield from select(node, rest)
    if step in {"*", "**"}:
        for below in children(node):
            yield from select(below, rest if step == "*" else pattern)
    elif (named := child(node, step)) is not None:
        yield from select(named, rest)


def trail(root: Node, path: tuple[str | int, ...]) -> Iterator[tuple[Position, Position]]:
    """Yield, for the root and each step of the path that exists, where its key and its value are.

    A step that does not exist is skipped: validation errors name types on the way, which are no keys.
    """
    yield root.position, root.position
    node = root
    for step in path:
        below = child(node, step)
        if below is None:
            continue
        key = node.keys[str(step)] if isinstance(node, Entries) else below.position
        yield key, below.position if isinstance(below, Scalar) else key
        node = below
