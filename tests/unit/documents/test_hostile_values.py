"""Values that try to become a template, HTML, a line or a figure: they stay the text that they are."""

from __future__ import annotations

from datetime import date
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError

from mist_connector.bylaws.tiers import Tier
from mist_connector.documents.compiled import LARGEST_OUTPUT
from mist_connector.documents.environment import GuardedEnvironment
from mist_connector.documents.plain import one_line, plain
from mist_connector.documents.refusal import RenderingRefused
from mist_connector.documents.tiered import Tiered

from .conftest import CANARY, content

TEMPLATE = '<p title="{{ words }}">{{ words }}</p>'
VALUES = {
    "a template's value": "{{ secret }}",
    "a template's statement": "{% include 'shared/leak.html.j2' %}",
    "a template's comment": "{# x",
    "a way to the interpreter": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a script": "<script>alert(1)</script>",
    "an end of attribute": '"><img src=x onerror=alert(1)>',
    "a single quote": "' onmouseover='alert(1)",
    "an entity": "&lt;script&gt;",
    "an end of paragraph": "</p></body></html>",
    "a comment": "<!-- x",
    "a formula": '=HYPERLINK("https://x.example";"x")',
    "a percent format": "%s %(secret)s",
    "a brace format": "{secret} {0.__class__}",
    "a formula of another kind": "@SUM(A1:A9)|cmd",
    "a formula after a plus": "+1+cmd|' /C calc'!A0",
    "a formula after a minus": "-2+3",
    "a template's raw": "{% raw %}{{ secret }}{% endraw %}",
    "a template's end": "{% endblock %}{{ secret }}",
    "a line statement": "# for x in secret",
    "another engine's code": "${secret} #{secret} <%= secret %> [[secret]]",
    "an address that runs code": "javascript:alert(1)",
    "a capital script": "<SCRIPT SRC=//x.example></SCRIPT>",
    "a broken tag": "<scr<script>ipt>",
    "an unclosed tag": "<p title=",
    "a data section": "<![CDATA[<script>]]>",
    "an entity by number": "&#60;script&#62;",
    "a backquote": "`onmouseover=alert(1)`",
    "an attribute": "x onfocus=alert(1) autofocus",
    "markup of the printed page": '#import "x": * ; $ x $ @ref <label> *b* _i_ = T',
    "a backslash at the end": "Inventée\\",
    "a quote for the printed page": '"; #panic("x"); "',
    "a path": "../../../../etc/passwd",
    "a very long word": "x" * 4_000,
    "a header in words": "Bcc: x@example.org",
}


class Seen(HTMLParser):
    """What a mail reader sees of a page."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.titles = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.titles.extend(value for name, value in attrs if name == "title")

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_stays_text_in_html_and_in_the_text_part(kind, compile_html):
    page = compile_html(TEMPLATE).render(content(VALUES[kind]), language="fr")
    seen = Seen(page.html)
    assert seen.tags == ["p"]
    assert "".join(seen.texts) == VALUES[kind]
    assert seen.titles == [VALUES[kind]]
    assert page.text == VALUES[kind]


@given(st.text())
def test_no_text_at_all_adds_a_tag(text):
    environment = GuardedEnvironment({"a.html.j2": TEMPLATE}, ceiling=Tier.COMMON, language="fr")
    page = environment.get_template("a.html.j2").render(plain(content(text)))
    assert Seen(page).tags == ["p"]


@given(st.text())
def test_every_value_keeps_to_one_line(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


@given(st.text())
def test_every_value_can_be_a_header(text):
    name, value = default.header_store_parse("Subject", one_line(text))
    assert "\n" not in str(value)
    assert name == "Subject"


@pytest.mark.parametrize(
    "text", ["a\r\nBcc: x@example.org", "a\nb", "a\x00b", "a\u2028b", "a\x85b", "a\u202eb", "a\u2066b"]
)
def test_line_breaks_and_direction_overrides_never_reach_a_page(text, compile_html):
    page = compile_html("{{ words }}").render(content(text), language="fr").text
    assert page.isprintable()


def test_a_value_whose_own_tier_is_above_its_declaration_is_refused_at_rendering(compile_html):
    document = compile_html("{{ words }}")
    with pytest.raises(RenderingRefused, match="register") as refused:
        document.render(content(CANARY, word_tier=Tier.REGISTER), language="fr")
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(
    "template", ["{% if words %}x{% endif %}", "{{ words|upper }}", "{% set x = words %}"]
)
def test_it_is_refused_even_where_it_would_not_be_printed(template, compile_html):
    with pytest.raises(RenderingRefused):
        compile_html(template).render(content(CANARY, word_tier=Tier.PERSONAL), language="fr")


@pytest.mark.parametrize(
    "template",
    [
        "{{ secret }}",
        "{% for p in people %}{{ p.name }}{% endfor %}",
        "{{ someone['name'] }}",
        "{{ someone|string }}",
        "{{ someone }}",
        "{{ people }}",
        "{{ words.__class__ }}",
        "{{ words.upper() }}",
        "{{ range(3) }}",
        "{{ someone.items() }}",
        "{{ people[0] }}",
        "{{ loop }}",
        "{{ self }}",
    ],
)
def test_the_second_guard_holds_without_the_first(template):
    """These templates never compile; here they are rendered as if the check had let them through."""
    environment = GuardedEnvironment({"a.html.j2": template}, ceiling=Tier.COMMON, language="fr")
    with pytest.raises((RenderingRefused, TemplateError)) as refused:
        _render(environment)
    assert CANARY not in str(refused.value)


def _render(environment):
    return environment.get_template("a.html.j2").render(plain(content()))


class Poisoned(str):
    """A text with code of its own."""

    __slots__ = ()

    def __str__(self):
        return CANARY


@pytest.mark.parametrize(
    "value", [object(), b"x", 1.5, ["x"], {"a": 1}, content(), type("Day", (date,), {})(2026, 1, 1)]
)
def test_only_plain_single_values_reach_a_template(value, compile_html):
    with pytest.raises(RenderingRefused):
        compile_html("{{ words }}").render(content(value), language="fr")


def test_a_text_with_code_of_its_own_becomes_a_plain_text(compile_html):
    page = compile_html("{{ words }}").render(content(Poisoned("des mots")), language="fr")
    assert page.text == "des mots"


def test_another_document_s_content_is_refused(compile_html):
    with pytest.raises(RenderingRefused):
        compile_html("{{ words }}").render(Tiered("x", Tier.PUBLIC), language="fr")


def test_a_masked_count_printed_without_care_is_refused_not_shown_as_none(compile_html):
    document = compile_html("{{ count }}")
    values = content()
    object.__setattr__(values, "count", Tiered(None, Tier.COMMON))
    with pytest.raises(RenderingRefused):
        document.render(values, language="fr")


def test_a_page_that_grows_without_end_is_refused(compile_html):
    row = content().someone
    values = content()
    object.__setattr__(values, "people", (row,) * 200)
    loops = (
        "{% for a in people %}{% for b in people %}"
        + "x" * (LARGEST_OUTPUT // 10_000)
        + "{% endfor %}{% endfor %}"
    )
    with pytest.raises(RenderingRefused, match="trop long"):
        compile_html(loops).render(values, language="fr")


def test_a_tiered_value_does_not_show_itself():
    assert CANARY not in repr(content())
