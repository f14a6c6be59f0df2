"""A page as a PDF: tagged, titled, the same each time, and nothing in a text is ever markup."""

from __future__ import annotations

import re
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.catalogue import CONTENTS, compiled
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.pdf import to_pdf
from mist_connector.documents.refusal import RenderingRefused
from mist_connector.documents.sample import sample
from mist_connector.work.papers.templates import load_templates

RULES, TEMPLATES = declared(), load_templates(None)


def page(body, *, subject="Un objet"):
    html = f"<!DOCTYPE html><html><head><title>x</title></head><body><h1>Titre</h1>{body}</body></html>"
    return Rendered("fr", subject, html, "")


def plain(pdf):
    """Return a PDF with what is compressed in it opened.

    The last byte of a stream may look like a line's end: only its checksum is then cut.
    """
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"\x78")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", CONTENTS)
def test_every_document_becomes_an_accessible_pdf_the_same_each_time(key, language):
    content = sample(RULES, key, on=date(2026, 11, 24), language=language)
    rendered = compiled(RULES, key, TEMPLATES).render(content, language=language)
    made = to_pdf(rendered)
    opened = plain(made)
    assert made == to_pdf(rendered)
    assert f"/Lang({language})".encode() in opened.replace(b" ", b"")
    assert b"/StructTreeRoot" in opened
    assert b"pdfuaid" in opened
    assert not re.search(rb"/(Author|Keywords|Subject|CreationDate|ModDate)\b", opened)


@pytest.mark.parametrize(
    "text",
    [
        '#import "x"', "] #panic() [", '"; #sys.version; "', "\\", "$x$", "*gras* _x_ = Titre", "`raw`",
        "@ref", "<label>", "//", "/* x", '#read("/etc/passwd")',
    ],
)  # fmt: skip
def test_no_text_is_read_as_markup(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert to_pdf(page(f"<p>{escaped}</p><table><tr><th>{escaped}</th><td>1</td></tr></table>", subject=text))


@pytest.mark.parametrize("name", ["Ẹniọlá", "Nguyễn", "Țăran", "Şenay", "Олена", "Ελένη", "Œuvrard", "مريم"])
def test_names_of_many_languages_can_be_set(name):
    assert to_pdf(page(f"<p>{name}</p>"))


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_any_text_is_set_or_refused_in_words_that_do_not_repeat_it(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "")
    try:
        assert to_pdf(page(f"<ul><li>{escaped}</li></ul>", subject=f"Titre {text}")).startswith(b"%PDF-")
    except RenderingRefused as refusal:
        assert len(text) < 2 or text not in refusal.what  # noqa: PT017 - both ends are allowed


def test_a_page_that_is_badly_formed_is_refused():
    with pytest.raises(RenderingRefused, match="formée"):
        to_pdf(page("<p><strong>x</p></strong>"))
