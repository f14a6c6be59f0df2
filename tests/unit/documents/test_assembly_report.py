"""The half-yearly report as members read it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mist_connector.bylaws.facts import Mandate
from mist_connector.cli.declared_mappings import declared
from mist_connector.cli.templates_source import load_templates
from mist_connector.documents.assembly_report import ReportInput, build
from mist_connector.documents.catalogue import compiled, frame

DAY = date(2026, 11, 24)
KEY = "assembly_report"


@pytest.fixture(scope="module")
def document():
    return compiled(declared(), KEY, load_templates(None))


@pytest.fixture(scope="module")
def around():
    return frame(declared(), KEY)


@pytest.fixture
def report(document, around):
    """Render the report of statuses before and now, given as counts."""

    def rendered(before, now, *, mandates=(), language="fr"):
        facts = ReportInput(on=DAY, before=_people(before), now=_people(now), mandates=mandates)
        return document.render(build(facts, around, language=language), language=language)

    return rendered


def _people(counts):
    return [status for status, count in counts.items() for _ in range(count)]


def figures(text):
    """Return the report's figures by their label."""
    return dict(re.findall(r"^- (.+?)\s?: (.+)$", text, re.MULTILINE))


def test_large_counts_are_shown_with_their_total(report):
    people = {"active": 40, "member": 30, "provisional": 12}
    shown = figures(report(people, people).text)
    assert shown["Membre active"] == "40"
    assert shown["Membre"] == "30"
    assert shown["Membre active provisoire"] == "12"
    assert shown["Ensemble"] == "82"


def test_a_small_count_is_masked_with_another_one(report):
    people = {"active": 40, "member": 30, "provisional": 4}
    page = report(people, people)
    shown = figures(page.text)
    assert shown["Membre active"] == "40"
    assert shown["Membre"] == shown["Membre active provisoire"] == "non publié"
    assert "Un nombre plus petit que 11" in page.text
    assert "Un nombre plus petit que 11" in page.html


def test_nothing_is_said_about_masking_where_nothing_is_masked(report):
    before = {"active": 40, "member": 30, "provisional": 12, "candidate": 11, None: 0}
    after = {"active": 40, "member": 19, "left": 11, "provisional": 12, "member ": 0}
    page = report(before, {**after, "member": 19 + 11})
    assert figures(page.text)["Départs pendant ces six mois"] == "11"
    assert "n’est pas publié" not in page.text


def test_candidates_and_those_who_left_are_in_no_figure(report):
    people = {"active": 40, "member": 30, "provisional": 12}
    with_others = {**people, "candidate": 20, "left": 20, "excluded": 20}
    assert figures(report(with_others, with_others).text) == figures(report(people, people).text)


def test_no_arrival_and_few_arrivals_look_the_same(report):
    now = {"active": 40, "member": 30, "provisional": 12}
    none = report(now, now).text
    few = report({"active": 40, "member": 27, "candidate": 3, "provisional": 12}, now).text
    assert figures(few) == figures(none)


def test_offices_show_their_last_days_and_no_name(report):
    people = {"active": 40, "member": 30, "provisional": 12}
    mandates = [
        Mandate(since=date(2026, 9, 1), until=date(2027, 3, 1), office="delegate"),
        Mandate(since=date(2026, 8, 1), until=date(2027, 2, 1), office="delegate"),
        Mandate(since=date(2026, 1, 1), until=date(2026, 6, 30), office="spokesperson"),
    ]
    shown = figures(report(people, people, mandates=mandates).text)
    assert shown["Déléguée"] == "jusqu’au 1er\xa0février\xa02027 et au\xa01er\xa0mars\xa02027"
    assert shown["Porte-parole"] == "place à prendre"


@pytest.mark.parametrize(("language", "day"), [("fr", "24\xa0mai\xa02027"), ("en", "24\xa0May\xa02027")])
def test_the_next_assembly_is_due_within_six_months(report, language, day):
    page = report({"active": 40}, {"active": 40}, language=language)
    assert day in page.html
    assert day in page.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_parts_say_the_same(report, language):
    """The plain part of a mail is made from the HTML by the CRM; ours is read aloud and printed."""
    page = report({"active": 40, "member": 30}, {"active": 40, "member": 30}, language=language)
    body = page.html[page.html.index("<body>") :]
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", body).replace("&#39;", "'").lower())
    assert re.findall(r"\w+", page.text.lower()) == words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_subject_and_page_name_neither_the_association_nor_the_cause(report, language):
    page = report({"active": 40}, {"active": 40}, language=language)
    assert not re.search(
        r"mist\b|traite|trafi|victim|prostit", f"{page.subject} {page.html} {page.text}", re.IGNORECASE
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_loads_nothing_and_holds_no_link(report, language):
    page = report({"active": 40}, {"active": 40}, language=language)
    assert not re.search(r"https?:|src=|href=|url\(|@import", page.html)


def test_four_chapters_follow_the_missions(report):
    page = report({"active": 40}, {"active": 40})
    assert re.findall(r"<h3>(\d)\.", page.html) == ["1", "2", "3", "4"]
