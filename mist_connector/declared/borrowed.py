"""A number lives once: wherever else the mappings need it, they name its path.

`=assembly.every.value` stands for the number at that path, and `{=assembly.every.value}` for it within a
sentence. What decisions and `--set` put at the path counts everywhere: in engine, hooks and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mist_connector.errors import Problem

from .editing import Edit, at_path, steps_of
from .reading import Source, parse
from .suggestion import quoted
from .tree import Entries, Items, Node, Scalar

_PATH = r"=([a-z_]+(?:[./][A-Za-z0-9_]+)+)"
_WHOLE, _WITHIN = re.compile(_PATH, re.ASCII), re.compile(r"\{" + _PATH + r"\}", re.ASCII)
# Decisions hold what they put elsewhere, where it is looked at.
_NOT_HERE = "decisions.yaml"


def borrowed(sources: Mapping[str, Source], problems: list[Problem]) -> dict[str, Source]:
    """Return the sources with every number put where its path is named; add paths that lead to none."""
    drafts = {name: draft.root for name, source in sources.items() if (draft := parse(source, []))}
    return {
        name: _with_numbers(source, drafts[name], sources, drafts, problems)
        if name in drafts and name != _NOT_HERE
        else source
        for name, source in sources.items()
    }


def _with_numbers(
    source: Source,
    root: Node,
    sources: Mapping[str, Source],
    drafts: Mapping[str, Node],
    problems: list[Problem],
) -> Source:
    edits = []
    for path, scalar in _borrowing(root, ()):
        try:
            edits.append(Edit(path, Scalar(_filled(str(scalar.value), sources, drafts), scalar.position)))
        except KeyError as error:
            what = f"{quoted(str(error.args[0]))} : aucun nombre à ce chemin"
            problems.append(Problem(source.place(scalar.position), what, "nommez le chemin d'un nombre"))
    return replace(source, edits=(*source.edits, *edits)) if edits else source


def _borrowing(node: Node, before: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Yield the path and the value of everything that names a number."""
    if isinstance(node, Scalar):
        if isinstance(node.value, str) and "=" in node.value and _names_one(node.value):
            yield before, node
    elif isinstance(node, Entries | Items):
        for step, below in steps_of(node):
            yield from _borrowing(below, (*before, step))


def _names_one(text: str) -> bool:
    return bool(_WHOLE.fullmatch(text) or _WITHIN.search(text))


def _filled(text: str, sources: Mapping[str, Source], drafts: Mapping[str, Node]) -> str | int:
    whole = _WHOLE.fullmatch(text)
    if whole:
        return _number(whole[1], sources, drafts)
    # A sentence says how long: a day that lies so long ahead is counted the other way.
    return _WITHIN.sub(lambda found: str(abs(_number(found[1], sources, drafts))), text)


def number_at(path: str, sources: Mapping[str, Source]) -> int:
    """Return the number at a path; KeyError where it leads to none."""
    drafts = {name: draft.root for name, source in sources.items() if (draft := parse(source, []))}
    return _number(path, sources, drafts)


def _number(path: str, sources: Mapping[str, Source], drafts: Mapping[str, Node]) -> int:
    """Return the number at a path; KeyError names a path that leads to none."""
    head, _, rest = path.partition(".")
    names = [name for name in drafts if name.removesuffix(".yaml") == head] or [
        name for name in drafts if name.removesuffix(".yaml").rpartition("/")[2] == head
    ]
    node = at_path(sources[names[0]], drafts[names[0]], tuple(rest.split("."))) if len(names) == 1 else None
    if not isinstance(node, Scalar):
        raise KeyError(path)
    if isinstance(node.value, str) and (further := _WHOLE.fullmatch(node.value)):
        return _number(further[1], sources, drafts)
    # What an answer took away is nothing; what is no number is told where it stands.
    return node.value if isinstance(node.value, int) else 0
