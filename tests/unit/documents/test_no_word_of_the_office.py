"""What is meant for the office (not copied, not decided, a question, a command) is in no member's mail."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.declared.documents import Delivery
from mist_connector.documents.catalogue import compiled
from mist_connector.documents.sample import sample
from mist_connector.work.papers.templates import load_templates

RULES, TEMPLATES = declared(), load_templates(None)
OFFICE = re.compile(
    r"pas encore|recopi|à décider|pas décidé|à compléter|not yet|\byet\b|copied|not decided|to be completed"
    r"|\bQ\d\d\b|\bmist \w|\.yaml|TODO|connecteur|connector",
    re.IGNORECASE,
)
MAILED = [each.id for each in RULES.documents.documents if each.delivery is Delivery.MAIL]
READ_BY_MEMBERS = [
    each.id for each in RULES.documents.documents if each.audience in {"members", "herself", "outside"}
]


def office_words(text):
    return [match.group(0) for match in OFFICE.finditer(text)]


def sources_of(key):
    return {path: text for path, text in TEMPLATES.items() if path.startswith((f"{key}/", "shared/"))}


@pytest.mark.parametrize("key", READ_BY_MEMBERS)
def test_no_template_that_members_read_holds_a_sentence_of_the_office(key):
    for path, text in sources_of(key).items():
        shown = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", text, flags=re.DOTALL)
        assert office_words(shown) == [], path


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", MAILED)
def test_no_mail_holds_one_either_with_the_words_of_the_mappings_in_it(key, language):
    content = sample(RULES, key, on=date(2026, 11, 24), language=language)
    page = compiled(RULES, key, TEMPLATES).render(content, language=language)
    assert office_words(page.text) == []


@pytest.mark.parametrize(
    "words", ["Nos statuts n’ont pas encore été recopiés ici", "has not decided yet", "voir Q22"]
)
def test_such_a_sentence_is_seen(words):
    assert office_words(words)
