"""What the HTML of a template may not hold, and where it may not take values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mist_connector.errors import Place, Problem

_SLOT = "\x00"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(r"<(style|script|title|textarea)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(?:\Z|[a-zA-Z/!\x00])(?:\"[^\"]*\"|'[^']*'|[^>\"'])*(?:>|\Z)")
# Inside these, in double quotes, escaping is enough; elsewhere in a tag it is not.
_LONE = re.compile(r"<(?![a-zA-Z/\x00]|!doctype html>)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?:lang|dir|title|alt|aria-label)=\"[^\"<>]*\"")

_NAMED = re.compile(r"</?\s*([a-zA-Z][^\s/>]*)|(?<=[\s\"'/])([^\s\"'<>/=]+)(?=\s*=)")
_ELEMENTS = frozenset(
    {"html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p", "ul", "ol", "li", "br"}
    | {"strong", "b", "em", "span", "hr", "table", "caption", "thead", "tbody", "tr", "th", "td"}
)
_ATTRIBUTES = frozenset(
    {"class", "lang", "dir", "title", "alt", "aria-label", "scope", "charset", "name", "content"}
)
_QUOTED = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_STYLE = re.compile(
    r"url\s*\(|@(?:import|font-face|namespace)|image-set|cross-fade|expression|behavior|//|\\", re.IGNORECASE
)
_INSIDE = "un document ne contient que du texte, des titres, des listes et des tableaux"


def markup_problems(name: str, tokens: Iterable[tuple[int, str, str]]) -> Iterator[Problem]:
    """Yield what the HTML may not hold, and every value put where escaping does not make it harmless.

    `tokens` are the template as its engine reads it: what it would write as it stands, and the code between.
    """
    bare = _bare(tokens)
    without = _COMMENT.sub(_blank, bare)
    for found in _TAG.finditer(without):
        yield from _unknown(name, without, found)
    for found in _LONE.finditer(without):
        yield Problem(_place(name, without, found.start()), "« < » qui n’ouvre rien", "écrivez &lt;")
    for found in _ELEMENT.finditer(without):
        if found[1].lower() == "style" and (bad := _STYLE.search(found[0])):
            place = _place(name, without, found.start() + bad.start())
            yield Problem(place, "ressource distante ou code dans le style", "retirez-les")
    hint = "sortez la valeur de la balise, du style ou du commentaire"
    for found in _misplaced(bare):
        yield Problem(_place(name, bare, found.start()), "valeur là où elle pourrait devenir du HTML", hint)


def _unknown(name: str, text: str, tag: re.Match[str]) -> Iterator[Problem]:
    """Yield the elements and attributes of a tag that no document needs."""
    if tag[0].lower().startswith("<!doctype html>"):
        return
    for found in _NAMED.finditer(_QUOTED.sub("=", tag[0])):
        element, attribute = found[1], found[2]
        if element is not None and element.replace(_SLOT, "").lower() not in _ELEMENTS:
            yield Problem(_place(name, text, tag.start()), "élément interdit dans un document", _INSIDE)
        if attribute is not None and attribute.replace(_SLOT, "").lower() not in _ATTRIBUTES:
            yield Problem(_place(name, text, tag.start()), "attribut interdit dans un document", _INSIDE)


def _misplaced(bare: str) -> Iterator[re.Match[str]]:
    # What is left open here would close in another template, around whatever value stands between.
    for found in _COMMENT.finditer(bare):
        if _SLOT in found[0] or not found[0].endswith("-->"):
            yield found
    without = _COMMENT.sub(_blank, bare)
    for found in _ELEMENT.finditer(without):
        left_open = re.search(r"</\w+\s*>\Z", found[0]) is None
        if left_open or (_SLOT in found[0] and found[1].lower() != "title"):
            yield found
    for found in _TAG.finditer(without):
        if _SLOT in _ATTRIBUTE.sub("", found[0]) or not found[0].endswith(">"):
            yield found


def _bare(tokens: Iterable[tuple[int, str, str]]) -> str:
    """Return what a template writes as it stands, a slot for each piece of code; lines keep their places."""
    parts: list[str] = []
    for _, kind, text in tokens:
        if kind == "data":
            parts.append(text)
        else:
            # Comments leave nothing behind; a value or a statement could put anything here.
            begins = kind in {"variable_begin", "block_begin"}
            parts.append((_SLOT if begins else "") + "\n" * text.count("\n"))
    return "".join(parts)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _place(name: str, text: str, start: int) -> Place:
    return Place(name, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
