"""What goes with a mail: bounded, the same for everybody, with a neutral name; the rest is told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.catalogue import compiled
from mist_connector.documents.enclosing import enclose
from mist_connector.documents.refusal import RenderingRefused
from mist_connector.documents.sample import sample
from mist_connector.errors import MistError
from mist_connector.work.papers.enclosures import enclosures, title_of
from mist_connector.work.papers.templates import load_templates

ON = date(2026, 11, 26)


@pytest.fixture(scope="module")
def rules():
    return declared()


def page_of(rules, key, language="fr", sources=None):
    document = compiled(rules, key, sources or load_templates(None))
    return document.render(sample(rules, key, on=ON, language=language), language=language)


def bounded(rules, most):
    limits = rules.documents.attachments.model_copy(update={"largest_bytes": most})
    return replace(rules, documents=rules.documents.model_copy(update={"attachments": limits}))


def test_the_proxy_goes_with_the_convocation_under_a_neutral_name(rules):
    papers = enclosures(
        rules,
        "assembly_notice",
        load_templates(None),
        lambda key: {each: page_of(rules, key, each) for each in ("fr", "en")},
    )
    assert {language: paper.name for language, paper in papers.items()} == {
        "fr": "a-remplir.pdf",
        "en": "to-fill-in.pdf",
    }
    for paper in papers.values():
        assert paper.content.startswith(b"%PDF-")
        assert len(paper.content) <= rules.documents.attachments.largest_bytes
        for secret in (b"/Author", b"/CreationDate", b"MIST"):
            assert secret not in paper.content


def test_one_byte_too_many_is_refused_with_the_document_and_its_weight(rules):
    page = page_of(rules, "proxy")
    weight = len(enclose(rules, "proxy", page).content)
    assert len(enclose(bounded(rules, weight), "proxy", page).content) == weight
    with pytest.raises(MistError, match=rf"« proxy » \(fr\) pèse {weight} octets"):
        enclose(bounded(rules, weight - 1), "proxy", page)


@pytest.mark.parametrize("key", ["access_letter", "attendance_sheet", "welcome_letter", "active_card"])
def test_what_is_above_the_tier_or_for_one_person_is_never_attached(rules, key):
    with pytest.raises(MistError, match="ne se joint pas"):
        enclose(rules, key, page_of(rules, key))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_paper_that_no_mail_carries_is_told_of_in_both_parts(rules, language):
    page = page_of(rules, "assembly_report", language)
    words = rules.documents.audience(rules.documents.document("access_letter")).elsewhere
    expected = words.fr if language == "fr" else words.en
    for part in (page.html, page.text):
        assert " ".join(expected.split()) in " ".join(part.split())


def test_a_template_that_leaves_out_where_to_get_it_is_refused(rules):
    sources = dict(load_templates(None))
    name = "assembly_report/fr.txt.j2"
    sources[name] = sources[name].replace("{{ each.words }}", "")
    with pytest.raises(RenderingRefused, match="ne voyage pas par courriel"):
        page_of(rules, "assembly_report", sources=sources)


def test_staff_read_a_dispatch_by_its_document_and_day(rules):
    said = title_of(rules, "assembly_report", ON).replace("\xa0", " ")
    assert said == "Rapport semestriel à l’assemblée générale, 26 novembre 2026"
