"""Templates that try to say more than their audience may read: none compiles, and the error says where."""

from __future__ import annotations

import pytest

from mist_connector.bylaws.tiers import Tier
from mist_connector.documents.compiled import CompiledDocument, compile_document
from mist_connector.documents.library import Library
from mist_connector.documents.refusal import RenderingRefused
from mist_connector.errors import DeclarationError

from .conftest import CANARY, DECLARATION, HELPERS, Attacked, content

ABOVE = {
    "a value itself": "{{ secret }}",
    "a field of a record": "{{ someone.name }}",
    "a field two tiers above": "{{ someone.note }}",
    "inside a loop": "{% for p in people %}{{ p.name }}{% endfor %}",
    "the rows themselves": "{% for p in hidden %}x{% endfor %}",
    "how many rows there are": "{{ hidden|length }}",
    "a filter": "{{ secret|upper }}",
    "a chain of filters": "{{ someone.name|lower|trim|capitalize }}",
    "a condition": "{% if secret %}x{% endif %}",
    "a comparison": "{% if secret == 'Invented' %}x{% endif %}",
    "an elif": "{% if count %}a{% elif secret %}x{% endif %}",
    "an inline choice": "{{ 'x' if secret else 'y' }}",
    "a branch of an inline choice": "{{ secret if count else 'y' }}",
    "a test": "{% if secret is none %}x{% endif %}",
    "a test's argument": "{% if words is eq(secret) %}x{% endif %}",
    "a negation": "{% if not secret %}x{% endif %}",
    "an and": "{% if count and secret %}x{% endif %}",
    "an or": "{% if count or secret %}x{% endif %}",
    "a loop's filter": "{% for p in people if p.name %}x{% endfor %}",
    "a name set": "{% set x = secret %}{{ x }}",
    "a block set": "{% set x %}{{ secret }}{% endset %}{{ x }}",
    "a with": "{% with x = someone %}{{ x.name }}{% endwith %}",
    "a concatenation": "{{ 'a' ~ secret }}",
    "a macro's body": "{% macro m() %}{{ secret }}{% endmacro %}{{ m() }}",
    "a macro never called": "{% macro m() %}{{ secret }}{% endmacro %}",
    "a macro's argument": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(secret) }}",
    "a macro's default": "{% macro m(x=secret) %}{{ x }}{% endmacro %}{{ m() }}",
    "a record given to a macro": "{% macro m(x) %}{{ x.name }}{% endmacro %}{{ m(someone) }}",
    "a record given to an imported macro": '{% import "shared/macros.html.j2" as m %}{{ m.show(someone) }}',
    "a macro imported by name": '{% from "shared/macros.html.j2" import show as s %}{{ s(person=someone) }}',
    "an include": '{% include "shared/leak.html.j2" %}',
    "an include inside an include": '{% include "shared/outer.html.j2" %}',
    "an include in a loop": '{% for p in people %}{% include "shared/leak.html.j2" %}{% endfor %}',
    "a block": '{% extends "shared/layout.html.j2" %}{% block content %}{{ secret }}{% endblock %}',
    "a layout": '{% extends "shared/layout_leak.html.j2" %}',
    "what stands outside the blocks": '{% extends "shared/layout.html.j2" %}{{ secret }}',
    "the else of a loop": "{% for p in people %}{% else %}{{ secret }}{% endfor %}",
    "an attribute": '<p title="{{ secret }}">x</p>',
    "a chain through a with": "{% with a = words, b = secret %}{{ b }}{% endwith %}",
    "a with inside a with": "{% with a = someone %}{% with b = a.note %}{{ b }}{% endwith %}{% endwith %}",
    "a macro that calls a macro": "{% macro a(x) %}{{ x.name }}{% endmacro %}"
    "{% macro b(y) %}{{ a(y) }}{% endmacro %}{{ b(someone) }}",
    "a macro given to a macro": "{% macro a(x) %}{{ x.name }}{% endmacro %}"
    "{% macro b(f, y) %}{{ f(y) }}{% endmacro %}{{ b(a, someone) }}",
    "a module given to a macro": '{% import "shared/macros.html.j2" as m %}'
    "{% macro b(f, y) %}{{ f.show(y) }}{% endmacro %}{{ b(m, someone) }}",
    "a field of a field's filter": "{{ someone.note|length }}",
    "both sides of a comparison": "{% if words != someone.name %}x{% endif %}",
    "a chain of comparisons": "{% if 'a' < secret < 'z' %}x{% endif %}",
    "a membership test": "{% if 'a' in secret %}x{% endif %}",
    "a name set twice": "{% set x = words %}{% set x = secret %}{{ x }}",
    "a loop inside a block inside a layout": '{% extends "shared/layout.html.j2" %}{% block content %}'
    "{% for p in people %}{% if p.note %}x{% endif %}{% endfor %}{% endblock %}",
    "beside the parent's block": '{% extends "shared/layout.html.j2" %}'
    "{% block content %}{{ super() }}{{ secret }}{% endblock %}",
    "an import that sees everything": '{% import "shared/leak.html.j2" as m with context %}',
    "a choice inside a choice": "{{ 'a' if (count and not secret) else 'b' }}",
    "a joined test": "{% if ('a' ~ secret) == 'ab' %}x{% endif %}",
    "a scoped block in a loop": "{% for p in people %}"
    "{% block b scoped %}{{ p.note }}{% endblock %}{% endfor %}",
    "a block in a loop that borrows a name": "{% for secret in people %}"
    "{% block b %}{{ secret }}{% endblock %}{% endfor %}",
    "a block in a with that borrows a name": "{% with secret = words %}"
    "{% block b %}{{ secret }}{% endblock %}{% endwith %}",
    "a name that shadows": "{% for secret in people %}{{ secret.name }}{% endfor %}",
}

NOT_ALLOWED = {
    "an attribute chain to the interpreter": "{{ ''.__class__.__mro__ }}",
    "an attribute chain on a value": "{{ words.__class__ }}",
    "a method": "{{ words.format(1) }}",
    "a subscript": "{{ someone['name'] }}",
    "a computed subscript": "{{ someone['na' ~ 'me'] }}",
    "the attr filter": "{{ someone|attr('name') }}",
    "the map filter": "{{ people|map(attribute='name')|join }}",
    "the safe filter": "{{ words|safe }}",
    "the format filter": "{{ '%s'|format(words) }}",
    "the tojson filter": "{{ people|tojson }}",
    "the default filter": "{{ nothing|default('x') }}",
    "a global": "{{ range(9999999) }}",
    "lipsum": "{{ lipsum() }}",
    "cycler": "{{ cycler('a') }}",
    "self": "{{ self }}",
    "self's blocks": "{% block a %}{% endblock %}{{ self.a() }}",
    "caller": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    "varargs": "{% macro m() %}{{ varargs }}{% endmacro %}{{ m() }}",
    "kwargs": "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m() }}",
    "a star": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(*people) }}",
    "a namespace": "{% set ns = namespace(x=1) %}",
    "multiplication": "{{ 'a' * 999999999 }}",
    "power": "{{ 9 ** 9999999 }}",
    "a list": "{{ [words] }}",
    "a dict": "{{ {'a': words} }}",
    "a whole record": "{{ someone }}",
    "all rows": "{{ people }}",
    "a macro itself": "{% macro m() %}{% endmacro %}{{ m }}",
    "a record kept under a name": "{% set x = someone %}{{ x.code }}",
    "a name that stands for two things": "{% for p in people %}{% set someone = words %}{% endfor %}",
    "autoescape off": "{% autoescape false %}{{ words }}{% endautoescape %}",
    "a filter block": "{% filter upper %}x{% endfilter %}",
    "a recursive loop": "{% for p in people recursive %}{{ loop(people) }}{% endfor %}",
    "a recursive macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "loops too deep": "{% for a in people %}{% for b in people %}{% for c in people %}"
    "{% for d in people %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    "loops hidden in macros": "{% macro m() %}{% for a in people %}{% for b in people %}x"
    "{% endfor %}{% endfor %}{% endmacro %}{% for c in people %}{% for d in people %}{{ m() }}"
    "{% endfor %}{% endfor %}",
    "an include of itself": '{% include "attacked/fr.html.j2" %}',
    "an include by a value": "{% include words %}",
    "an include of nothing": '{% include "../../etc/passwd" %}',
    "an include that may be missing": '{% include "nowhere.html.j2" ignore missing %}',
    "an include of unescaped text": '{% include "shared/words.txt.j2" %}',
    "a private macro": '{% from "shared/macros.html.j2" import _hidden %}',
    "an import inside a branch": '{% if count %}{% import "shared/macros.html.j2" as m %}{% endif %}',
    "a macro inside a branch": "{% if count %}{% macro m() %}{% endmacro %}{% endif %}",
    "a macro defined twice": "{% macro m() %}{% endmacro %}{% macro m() %}{% endmacro %}",
    "an unknown name": "{{ nobody }}",
    "an unknown field": "{{ someone.nothing }}",
    "a date without its filter": "{{ day }}",
    "the date filter on words": "{{ words|date }}",
    "a choice without else": "{{ words if count }}",
    "broken syntax": "{% if count %}",
    "a format string": "{{ '%s' % words }}",
    "a format method": "{{ '{0.__class__}'.format(words) }}",
    "a format_map": "{{ words.format_map(someone) }}",
    "an attribute of a macro": "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "the code of a macro": "{% macro m() %}{% endmacro %}{{ m._func.__code__ }}",
    "the loop's own insides": "{% for p in people %}{{ loop.__init__ }}{% endfor %}",
    "the loop's neighbours": "{% for p in people %}{{ loop.previtem.name }}{% endfor %}",
    "the loop's cycle": "{% for p in people %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "what changed in the loop": "{% for p in people %}{{ loop.changed(p) }}{% endfor %}",
    "a loop outside a loop": "{{ loop.index }}",
    "joiner": "{{ joiner() }}",
    "config": "{{ config }}",
    "request": "{{ request.application }}",
    "the environment": "{{ environment }}",
    "the context": "{{ context }}",
    "the template itself": "{{ _template }}",
    "the builtins": "{{ __builtins__ }}",
    "dict": "{{ dict(a=words) }}",
    "the select filter": "{{ people|select('none') }}",
    "the sort filter": "{{ people|sort(attribute='name') }}",
    "the groupby filter": "{% for g in people|groupby('name') %}x{% endfor %}",
    "the first filter": "{{ (people|first).name }}",
    "the list filter": "{{ words|list }}",
    "the replace filter": "{{ words|replace('a', 'aaaaaaaaaa') }}",
    "the center filter": "{{ words|center(999999999) }}",
    "the indent filter": "{{ words|indent(999999999) }}",
    "the urlize filter": "{{ words|urlize }}",
    "the xmlattr filter": "<p {{ words|xmlattr }}>x</p>",
    "the pprint filter": "{{ someone|pprint }}",
    "the escape filter, taken off": "{{ words|forceescape }}",
    "a filter with arguments": "{{ words|trim('x') }}",
    "a filter without a value": "{% set x %}a{% endset %}{% filter trim %}x{% endfilter %}",
    "the callable test": "{% if someone is callable %}x{% endif %}",
    "the defined test": "{% if secret is defined %}x{% endif %}",
    "the sameas test": "{% if words is sameas(words) %}x{% endif %}",
    "a subscript by number": "{{ people.0 }}",
    "a slice": "{{ words[0:1] }}",
    "a tuple": "{{ (words, words) }}",
    "two names of one row": "{% for a, b in people %}x{% endfor %}",
    "two names set at once": "{% set a, b = words, words %}",
    "a number with a point": "{{ 1.5 }}",
    "an addition": "{{ words + words }}",
    "a range by hand": "{% for x in 'aaaa' %}x{% endfor %}",
    "a loop over a date": "{% for x in day %}x{% endfor %}",
    "a call block": "{% call m() %}x{% endcall %}",
    "translations": "{% trans %}x{% endtrans %}",
    "an expression statement": "{% do words.upper() %}",
    "a break": "{% for p in people %}{% break %}{% endfor %}",
    "a debug statement": "{% debug %}",
    "raw": "{% raw %}{{ <script>x</script> }}{% endraw %}",
    "a script between strings that look like a comment": '{{ "}} {#" }}<script>x</script>{{ "#}" }}',
    "delimiters of another engine": "<% import os %>",
    "a null byte": "{{ words }}\x00",
    "a direction override": "{# \u202e #}{{ words }}",
    "a letter of no width": "{{ wor\u200bds }}",
    "a line separator": "{{ words }}\u2028",
    "an enormous template": "x" * 100_001,
    "a text doubled again and again": "{% set x0 = words %}"
    + "".join(f"{{% set x{n + 1} = x{n} ~ x{n} %}}" for n in range(40)),
    "a loop kept in a set": "{% set x %}{% for p in people %}x{% endfor %}{% endset %}",
    "a loop kept in a macro": "{% macro m(x) %}{% for p in x %}x{% endfor %}{% endmacro %}{{ m(people) }}",
    "a loop kept through an include": '{% set x %}{% include "shared/loop.html.j2" %}{% endset %}',
    "two macros that call each other": "{% macro a() %}{{ b() }}{% endmacro %}"
    "{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "a block in a macro": "{% macro m() %}{% block b %}x{% endblock %}{% endmacro %}",
    "a layout that is the page itself": '{% extends "attacked/fr.html.j2" %}',
    "a layout by a value": "{% extends words %}",
    "a list of includes": '{% include ["shared/leak.html.j2", "shared/layout.html.j2"] %}',
    "an absolute include": '{% include "/etc/passwd" %}',
    "too much work in a loop": "{% for a in people %}{% for b in people %}"
    + "{% if count %}{% endif %}" * 300
    + "{% endfor %}{% endfor %}",
    "a vector drawing": "<svg onload=x()></svg>",
    "a video": "<video></video>",
    "an element nobody knows": "<blink>x</blink>",
    "a link": '<a href="&#106;avascript:x()">x</a>',
    "a style in a tag": '<p style="background:u\\72l(//x.example)">x</p>',
    "an escaped address in a style": "<style>p { background: u\\72l(x) }</style>",
    "an image set": "<style>p { background: image-set('x' 1x) }</style>",
    "a remote font": "<style>@font-face { src: x }</style>",
    "an old expression": "<style>p { width: expression(x) }</style>",
    "an event in capitals": "<p ONCLICK='x'>x</p>",
    "an event after a slash": "<p/onclick='x'>x</p>",
    "an event after a line": "<p\nonclick = 'x'>x</p>",
    "an element in capitals": "<SCRIPT>x</SCRIPT>",
    "a declaration": "<!ENTITY x 'y'>",
    "a processing instruction": "<?php x ?>",
    "a script": "<script>x</script>",
    "an event": '<p onclick="x">x</p>',
    "a remote image": '<img src="https://pixel.example/1.gif">',
    "a remote style": "<style>@import 'https://x.example/a.css';</style>",
    "a background": "<style>p { background: url(https://x.example) }</style>",
    "a frame": "<iframe></iframe>",
    "a refresh": '<meta http-equiv="refresh">',
    "a value in a tag": "<p {{ words }}>x</p>",
    "a value in an unquoted attribute": "<p title={{ words }}>x</p>",
    "a value in an address": '<a href="{{ words }}">x</a>',
    "a value in a style": "<style>p { color: {{ words }} }</style>",
    "a value in a comment": "<!-- {{ words }} -->",
    "a value as a tag": "<{{ words }}>",
    "a value as a closing tag": "</{{ words }}>",
    "a tag that another template closes": "<p title=",
    "a tag that opens at the end": "<",
    "a style that another template closes": "<style>p {",
    "a comment that another template closes": "<!-- ",
    "a macro that opens a tag": "{% macro m() %}<p {% endmacro %}{{ m() }}{{ words }}>",
    "a set that opens a tag": "{% set x %}<p {% endset %}{{ x }}{{ words }}>",
    "an include in a tag": '<p {% include "shared/layout.html.j2" %}>',
    "a link that runs code": '<a href="javascript:alert(1)">x</a>',
}


@pytest.mark.parametrize("attack", ABOVE)
def test_a_value_above_the_audience_does_not_compile_through(attack, compile_html):
    with pytest.raises(DeclarationError) as refused:
        compile_html(ABOVE[attack])
    assert "au-dessus du public" in refused.value.what
    assert all(problem.place.file.endswith(".j2") for problem in refused.value.problems)
    assert CANARY not in refused.value.what


@pytest.mark.parametrize("attack", set(ABOVE) - {"what stands outside the blocks", "a macro never called"})
def test_what_does_not_compile_would_indeed_read_a_higher_value_through(attack, compile_html):
    """With a higher ceiling the same template compiles: the tier alone was what refused it."""
    document = compile_html(ABOVE[attack], ceiling=Tier.PERSONAL)
    assert document.render(content(), language="fr").html is not None


@pytest.mark.parametrize("attack", NOT_ALLOWED)
def test_a_template_cannot_use(attack, compile_html):
    with pytest.raises(DeclarationError) as refused:
        compile_html(NOT_ALLOWED[attack], ceiling=Tier.INVESTIGATION)
    problem = refused.value.problems[0]
    assert problem.place.line >= 1
    assert problem.hint


def test_the_error_says_file_line_and_column(compile_html):
    with pytest.raises(DeclarationError) as refused:
        compile_html("<p>\n\n  {{ words }} {{ someone.name }}</p>")
    assert refused.value.what.startswith("attacked/fr.html.j2:3:26: « name » est de niveau « register »")


def test_the_error_is_told_where_the_value_is_read_not_where_the_include_stands(compile_html):
    with pytest.raises(DeclarationError) as refused:
        compile_html('\n\n{% include "shared/outer.html.j2" %}')
    assert refused.value.what.startswith("shared/leak.html.j2:1:4:")


def test_every_problem_of_a_document_is_told_at_once(compile_html):
    with pytest.raises(DeclarationError) as refused:
        compile_html("{{ secret }}\n{{ nobody }}\n{{ words|safe }}\n<iframe></iframe>")
    assert [problem.place.line for problem in refused.value.problems] == [1, 2, 3, 4, 4]


def test_a_missing_language_is_told(compile_html):
    document = compile_html("{{ words }}")
    wider = document.declaration.model_copy(update={"languages": ("fr", "en")})
    with pytest.raises(DeclarationError, match=r"en\.html\.j2:1:1: modèle manquant"):
        compile_document(wider, document.context, ceiling=document.ceiling, sources=document.library.sources)


def test_macros_bound_the_work_of_the_check_itself(compile_html):
    doubling = "{% macro a0() %}x{% endmacro %}" + "".join(
        f"{{% macro a{n}() %}}{{{{ a{n - 1}() }}}}{{{{ a{n - 1}() }}}}{{% endmacro %}}" for n in range(1, 40)
    )
    with pytest.raises(DeclarationError, match="trop compliqué"):
        compile_html(doubling + "{{ a39() }}")


ENDLESS = {"a text doubled again and again", "multiplication", "power"}
"""What would only exhaust the machine: the check alone stands before these."""


@pytest.mark.parametrize("attack", set(ABOVE) | set(NOT_ALLOWED) - ENDLESS)
def test_what_the_check_lets_by_mistake_through_the_engine_refuses_or_leaves_unsaid(attack):
    """The second guard alone: the template is rendered as if no check had been made."""
    html = {**ABOVE, **NOT_ALLOWED}[attack]
    sources = {**HELPERS, "attacked/fr.html.j2": html, "attacked/fr.txt.j2": "{{ words }}"}
    document = CompiledDocument(DECLARATION, Attacked, Tier.COMMON, Library(sources))
    try:
        page = document.render(content(), language="fr")
    except RenderingRefused:
        return
    assert CANARY not in page.html + page.text
