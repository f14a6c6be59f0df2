"""Values of mapping files put in place of others, without touching a file: what decisions and `--set` do.

A change keeps the place of what it replaces, so that an error about it says where in the files it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mist_connector.errors import Problem

from .source import Source
from .suggestion import quoted, suggest
from .tree import Entries, Items, Node, Position, Scalar

# What an entry of a list is known by.
_NAMES = ("id", "key", "file", "of")
APPEND = "+"


@dataclass(frozen=True)
class Edit:
    """A node to put at a path; nothing (`null`) takes an entry out of a list."""

    path: tuple[str, ...]
    node: Node
    by_hand: bool = False


class _Lost(Exception):
    """A step of a path leads nowhere."""

    def __init__(self, step: str, position: Position, known: tuple[str, ...]) -> None:
        super().__init__()
        self.step, self.position, self.known = step, position, known


def edited(source: Source, root: Node, edits: tuple[Edit, ...], problems: list[Problem]) -> Node:
    """Return the tree with every edit made; add those whose path leads nowhere to the problems."""
    for edit in edits:
        try:
            root = _put(root, _unwrapped(source, root, edit.path), edit.node)
        except _Lost as lost:
            what = f"{quoted('.'.join(edit.path))}\xa0: rien ne s’appelle {quoted(lost.step)} ici"
            problems.append(Problem(source.place(lost.position), what, suggest(lost.step, lost.known)))
    return root


def _unwrapped(source: Source, root: Node, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path with the key that the whole file stands under, which nobody needs to say."""
    if not isinstance(root, Entries) or path[0] in root.nodes:
        return path
    stem = source.name.rpartition("/")[2].removesuffix(".yaml")
    lists = [key for key, node in root.nodes.items() if isinstance(node, Items)]
    keys = [key for key in root.nodes if key == stem] or (list(root.nodes) if len(root.nodes) == 1 else lists)
    return (keys[0], *path) if len(keys) == 1 else path


def _put(node: Node, path: tuple[str, ...], new: Node) -> Node:
    step, rest = path[0], path[1:]
    if isinstance(node, Entries):
        return _put_entry(node, step, rest, new)
    if isinstance(node, Items):
        return _put_item(node, step, rest, new)
    raise _Lost(step, node.position, ())


def _put_entry(node: Entries, step: str, rest: tuple[str, ...], new: Node) -> Node:
    below = node.nodes.get(step)
    if rest and below is None:
        raise _Lost(step, node.position, tuple(node.nodes))
    # A key that is not there yet is added: whether it may be there is for the file's own shape to say.
    at = below.position if below is not None else node.position
    value = _moved(new, at) if below is None or not rest else _put(below, rest, new)
    keys = node.keys if step in node.keys else {**node.keys, step: at}
    return replace(node, nodes={**node.nodes, step: value}, keys=keys)


def _put_item(node: Items, step: str, rest: tuple[str, ...], new: Node) -> Node:
    if step == APPEND and not rest:
        more = new.nodes if isinstance(new, Items) else (new,)
        return replace(node, nodes=(*node.nodes, *(_moved(each, node.position) for each in more)))
    names = [_name(each, place) for place, each in enumerate(node.nodes)]
    words = [each.value if isinstance(each, Scalar) else None for each in node.nodes]
    if step not in names and step in words:
        names = [str(each) for each in words]
    if step not in names:
        raise _Lost(step, node.position, tuple(names))
    place = names.index(step)
    before, after = node.nodes[:place], node.nodes[place + 1 :]
    if rest:
        return replace(node, nodes=(*before, _put(node.nodes[place], rest, new), *after))
    if isinstance(new, Scalar) and new.value is None:
        return replace(node, nodes=(*before, *after))
    return replace(node, nodes=(*before, _moved(new, node.nodes[place].position), *after))


def named_entries(node: Node | None) -> dict[str, Node]:
    """Return the entries of a list by what they are called in a path."""
    below = node.nodes if isinstance(node, Items) else ()
    return {_name(each, place): each for place, each in enumerate(below)}


def _name(node: Node, place: int) -> str:
    """Return what an entry of a list is called in a path: its name if it has one, else its place."""
    if isinstance(node, Entries):
        for key in _NAMES:
            named = node.nodes.get(key)
            if isinstance(named, Scalar):
                return str(named.value)
    return str(place)


def steps_of(node: Entries | Items) -> Iterator[tuple[str, Node]]:
    """Yield what a path calls each node below, and the node."""
    if isinstance(node, Entries):
        yield from node.nodes.items()
    else:
        yield from ((_name(each, place), each) for place, each in enumerate(node.nodes))


def at_path(source: Source, root: Node, path: tuple[str, ...]) -> Node | None:
    """Return the node at a path, as edits read it; None where it leads nowhere."""
    node: Node | None = root
    for step in _unwrapped(source, root, path):
        node = dict(steps_of(node)).get(step) if isinstance(node, Entries | Items) else None
    return node


def _moved(node: Node, position: Position) -> Node:
    """Return a node as if it were written at this position, with everything below it."""
    if isinstance(node, Entries):
        below = {key: _moved(each, position) for key, each in node.nodes.items()}
        return Entries(below, dict.fromkeys(node.keys, position), position)
    if isinstance(node, Items):
        return Items(tuple(_moved(each, position) for each in node.nodes), position)
    return replace(node, position=position)


def paths_of(node: Node, before: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the path of every single value of a tree."""
    if isinstance(node, Entries):
        for key, below in node.nodes.items():
            yield from paths_of(below, (*before, key))
    elif isinstance(node, Items):
        for place, below in enumerate(node.nodes):
            yield from paths_of(below, (*before, _name(below, place)))
    else:
        yield ".".join(before)
