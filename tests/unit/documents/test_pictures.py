"""A drawing holds shapes alone: nothing that runs, loads, is read, or tells who made it."""

from __future__ import annotations

import pytest

from mist_connector.documents.compiled import Rendered
from mist_connector.documents.pdf import to_pdf
from mist_connector.documents.pictures import picture_problems, pictures_of
from mist_connector.documents.refusal import RenderingRefused
from mist_connector.work.papers.templates import load_templates

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
HOSTILE = {
    "a script": "<script>x()</script>",
    "an event": '<circle r="1" onclick="x()"/>',
    "a photograph": '<image href="data:image/png;base64,AAAA"/>',
    "a link": '<a href="https://x.example"><circle r="1"/></a>',
    "another drawing": '<use href="#x"/>',
    "a style": "<style>circle { fill: url(https://x.example) }</style>",
    "a remote fill": '<circle r="1" fill="url(https://x.example)"/>',
    "a name written": "<text>Madame Inventée</text>",
    "a title": "<title>Madame Inventée</title>",
    "a word between": "<g>Madame</g>",
    "who drew it": "<metadata>Madame</metadata>",
    "an id": '<circle id="madame" r="1"/>',
    "a comment": "<!-- Madame -->",
    "an entity": "&x;",
    "a page inside": "<foreignObject/>",
    "an animation": '<animate attributeName="r"/>',
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_drawing_cannot_hold(attack):
    [problem] = picture_problems({"pictures/a.svg": SVG.format(HOSTILE[attack])})
    assert problem.place.file == "pictures/a.svg"
    assert "Inventée" not in problem.what


@pytest.mark.parametrize(
    "text", ["", "<svg", "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>", "<?xml version='1.0'?><svg/>"]
)
def test_what_is_no_drawing_is_refused(text):
    assert list(picture_problems({"a.svg": text}))


def test_a_drawing_is_bounded():
    assert list(picture_problems({"a.svg": SVG.format('<circle r="1"/>' * 2000)}))


def test_the_delivered_drawings_are_shapes_alone():
    sources = load_templates(None)
    assert list(picture_problems(sources)) == []
    assert set(pictures_of(sources)) == {"help", "empower", "make_known", "community"}


def page(name):
    drawn = {"rond": SVG.format('<circle cx="4" cy="4" r="3"/>')}
    html = (
        f'<html><body><h1>Titre</h1><p class="picture" title="{name}" aria-label="Un rond"></p></body></html>'
    )
    return Rendered("fr", "Un objet", html, "", drawn)


def test_a_drawing_in_a_pdf_carries_its_words():
    assert b"/Alt" in to_pdf(page("rond"))


def test_a_drawing_that_is_missing_refuses_the_page():
    with pytest.raises(RenderingRefused):
        to_pdf(page("carré"))
