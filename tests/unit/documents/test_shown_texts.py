"""Every text by which a rule is given effect is really shown where the mappings say."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from mist_connector.bylaws.form_texts import Showing
from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.catalogue import CONTENTS, compiled
from mist_connector.documents.composing import for_person
from mist_connector.documents.plain_text import plain_text
from mist_connector.documents.sample import sample, sample_people
from mist_connector.work.papers.templates import load_templates

DAY = date(2026, 11, 24)
RULES = declared()
SHOWN = [(text, where) for text in RULES.bylaws.texts for where in text.shown_in]


@cache
def pages(key, language):
    """Return all that a document says in one language, on every page made of it."""
    document = compiled(RULES, key, load_templates(None))
    if key == Showing.MANDATE_LETTER:
        made = [for_person(RULES, key, each) for each in sample_people(key, DAY, language)]
    else:
        made = [sample(RULES, key, on=DAY, language=language)]
    rendered = [document.render(each, language=language) for each in made]
    return {
        "html": " ".join(" ".join(plain_text(each.html) for each in rendered).split()),
        "text": " ".join(" ".join(each.text for each in rendered).split()),
    }


@pytest.mark.parametrize("where", Showing)
def test_every_place_where_texts_are_shown_is_a_document(where):
    assert where in CONTENTS


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("text", "where"), SHOWN, ids=[f"{text.id}-{where}" for text, where in SHOWN])
def test_a_text_is_shown_in_its_document(text, where, language, kind):
    words = text.fr if language == "fr" else text.en
    assert " ".join(words.split()) in pages(where, language)[kind]


def test_the_activities_of_the_chapters_are_among_those_recorded():
    known = {each.id for each in RULES.vocabularies["activities"]}
    assert {name for mission in RULES.documents.missions for name in mission.activities} <= known


def test_a_mandate_letter_tells_of_its_own_office_only():
    document = compiled(RULES, "mandate_letter", load_templates(None))
    delegate, spokesperson = [
        document.render(for_person(RULES, "mandate_letter", each), language="fr").text
        for each in sample_people("mandate_letter", DAY, "fr")
    ]
    assert "déléguée" in delegate
    assert "c’est la MIST qui parle" not in " ".join(delegate.split())
    assert "c’est la MIST qui parle" in " ".join(spokesperson.split())
