"""Drawings that documents may hold: shapes alone, so that none shows a face, a word, or who drew it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from mist_connector.errors import Place, Problem

ENDING = ".svg"
LARGEST_PICTURE = 20_000
_ELEMENTS = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_ATTRIBUTES = frozenset(
    {
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "rx",
        "ry",
        "cx",
        "cy",
        "r",
        "x1",
        "y1",
        "x2",
        "y2",
        "d",
        "points",
    }
    | {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule", "transform"}
)
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_VALUE = re.compile(r"[\w\s.,#%()+-]*", re.ASCII)


def pictures_of(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the drawings among the templates, by their names without folder and ending."""
    return {
        name.rsplit("/", 1)[-1].removesuffix(ENDING): text
        for name, text in sources.items()
        if name.endswith(ENDING)
    }


def picture_problems(sources: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what makes a drawing more than shapes."""
    for name, text in sources.items():
        if name.endswith(ENDING) and (what := _more_than_shapes(text)) is not None:
            hint = "un dessin ne contient que des formes ; ni photo, ni texte, ni métadonnée"
            yield Problem(Place(name, 1, 1), what, hint)


def _more_than_shapes(text: str) -> str | None:
    if len(text) > LARGEST_PICTURE:
        return "dessin trop grand"
    if "<!" in text or "<?" in text:
        return "commentaire ou déclaration dans un dessin"
    try:
        # Without any declaration there is no entity that could grow or reach out.
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError:
        return "dessin illisible"
    for each in root.iter():
        if str(each.tag).removeprefix(_NAMESPACE) not in _ELEMENTS or _words(each):
            return "élément interdit dans un dessin"
        if not set(each.attrib) <= _ATTRIBUTES or not all(map(_VALUE.fullmatch, each.attrib.values())):
            return "attribut interdit dans un dessin"
    return None


def _words(element: ET.Element) -> str:
    return ((element.text or "") + (element.tail or "")).strip()
