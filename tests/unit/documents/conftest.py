"""A small document with values of every tier, to attack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pytest

from mist_connector.bylaws.offices import Number
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.documents import Delivery, DocumentDeclaration
from mist_connector.documents.compiled import compile_document
from mist_connector.documents.tiered import CommonCount, CommonDate, CommonText, PublicText, Tiered

CANARY = "CANARI-7f3a"


@dataclass(frozen=True)
class Person:
    code: CommonText
    name: Annotated[Tiered[str], Tier.REGISTER]
    note: Annotated[Tiered[str], Tier.PERSONAL]


@dataclass(frozen=True)
class Attacked:
    title: PublicText
    words: CommonText
    day: CommonDate
    count: CommonCount
    secret: Annotated[Tiered[str], Tier.REGISTER]
    people: Annotated[tuple[Person, ...], Tier.COMMON]
    hidden: Annotated[tuple[Person, ...], Tier.REGISTER]
    someone: Person


def register(value):
    return Tiered(value, Tier.REGISTER)


def content(words="des mots", *, title="Un titre", word_tier=Tier.COMMON):
    person = Person(
        Tiered("P-0000-0001", Tier.COMMON), register(CANARY), Tiered(f"{CANARY}-note", Tier.PERSONAL)
    )
    return Attacked(
        title=Tiered(title, Tier.PUBLIC),
        words=Tiered(words, word_tier),
        day=Tiered(date(2026, 3, 1), Tier.COMMON),
        count=Tiered(12, Tier.COMMON),
        secret=register(CANARY),
        people=Tiered_rows(person),
        hidden=Tiered_rows(person),
        someone=person,
    )


def Tiered_rows(*people):  # noqa: N802 - rows are declared like a tiered value
    return tuple(people)


DECLARATION = DocumentDeclaration(
    id="attacked",
    label=Text(fr="Attaqué", en="Attacked"),
    audience="members",
    rules=("C02",),
    languages=("fr",),
    delivery=Delivery.MAIL,
    recipients=("member",),
    subject=Text(fr="Nouvelles", en="News"),
    months=Number(value=6, rule="G01"),
)
HELPERS = {
    "shared/layout.html.j2": "<body>{% block content %}{% endblock %}</body>",
    "shared/leak.html.j2": "{{ secret }}",
    "shared/macros.html.j2": "{% macro show(person) %}{{ person.name }}{% endmacro %}"
    "{% macro say(text) %}<b>{{ text }}</b>{% endmacro %}",
    "shared/outer.html.j2": '{% include "shared/leak.html.j2" %}',
    "shared/layout_leak.html.j2": "<body>{{ secret }}{% block content %}{% endblock %}</body>",
    "shared/loop.html.j2": "{% for p in people %}x{% endfor %}",
    "shared/words.txt.j2": "{{ words }}",
}


@pytest.fixture
def compile_html():
    """Compile a document of one HTML template, for the audience `members`."""

    def compiled(html, *, ceiling=Tier.COMMON, **more):
        sources = {**HELPERS, **more, "attacked/fr.html.j2": html, "attacked/fr.txt.j2": "{{ words }}"}
        return compile_document(DECLARATION, Attacked, ceiling=ceiling, sources=sources)

    return compiled
