"""What the HTML of a template may not hold, and where it may not take values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mist_connector.errors import Place, Problem

_CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SLOT = "\x00"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(r"<(style|script|title|textarea)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(?:\Z|[a-zA-Z/!\x00])(?:\"[^\"]*\"|'[^']*'|[^>\"'])*(?:>|\Z)")
# Inside these, in double quotes, escaping is enough; elsewhere in a tag it is not.
_ATTRIBUTE = re.compile(r"\b(?:lang|dir|title|alt|aria-label)=\"[^\"<>]*\"")

_FORBIDDEN = (
    (
        re.compile(r"<\s*/?\s*(?:script|iframe|object|embed|form|input|base|link|svg|math)\b", re.IGNORECASE),
        "élément interdit dans un document",
        "un document ne contient que du texte, des titres, des listes et des tableaux",
    ),
    (re.compile(r"\son[a-z]+\s*=", re.IGNORECASE), "attribut qui exécute du code", "retirez-le"),
    (
        re.compile(r"=\s*[\"']?\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE),
        "adresse qui exécute du code",
        "retirez-la",
    ),
    (re.compile(r"\b(?:src|srcset|background|poster)\s*=", re.IGNORECASE), "image distante", "retirez-la"),
    (re.compile(r"url\s*\(|@import", re.IGNORECASE), "ressource distante dans le style", "retirez-la"),
    (re.compile(r"http-equiv", re.IGNORECASE), "en-tête dans le document", "retirez-le"),
)


def markup_problems(name: str, text: str) -> Iterator[Problem]:
    """Yield what the HTML may not hold, and every value put where escaping does not make it harmless."""
    # Every slot keeps its line breaks, so that places stay right.
    bare = _CODE.sub(_slot, text)
    for pattern, what, hint in _FORBIDDEN:
        yield from (Problem(_place(name, bare, found), what, hint) for found in pattern.finditer(bare))
    hint = "sortez la valeur de la balise, du style ou du commentaire"
    for found in _misplaced(bare):
        yield Problem(_place(name, bare, found), "valeur là où elle pourrait devenir du HTML", hint)


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


def _slot(code: re.Match[str]) -> str:
    lines = "\n" * code[0].count("\n")
    return lines if code[0].startswith("{#") else _SLOT + lines


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _place(name: str, text: str, found: re.Match[str]) -> Place:
    start = found.start()
    return Place(name, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
