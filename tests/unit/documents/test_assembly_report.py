"""The half-yearly report as members read it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.catalogue import compiled
from mist_connector.documents.composing import from_register, members
from mist_connector.documents.figures import Day
from mist_connector.documents.mandates_told import Held
from mist_connector.documents.register_told import RegisterTold
from mist_connector.work.papers.templates import load_templates

DAY = date(2026, 11, 24)
KEY = "assembly_report"
RULES = declared()


@pytest.fixture(scope="module")
def document():
    return compiled(RULES, KEY, load_templates(None))


@pytest.fixture
def report(document):
    """Render the report of a day on which people are counted by status."""

    def rendered(now, *, came=0, left=0, mandates=(), language="fr", earlier=()):
        days = (*earlier, day(DAY, now, came, left))
        content = from_register(RULES, KEY, RegisterTold(days, held=mandates), language=language)
        return document.render(content, language=language)

    return rendered


def day(on, counts, came=0, left=0):
    return Day(on, {each: counts.get(each, 0) for each in members(RULES)}, came, left)


def figures(text):
    """Return the report's figures by their label."""
    return dict(re.findall(r"^- (.+?)\s?: (.+)$", text, re.MULTILINE))


def test_large_counts_are_shown_with_their_total(report):
    shown = figures(report({"active": 40, "member": 30, "provisional": 12}).text)
    assert shown["Membre active"] == "40"
    assert shown["Membre"] == "30"
    assert shown["Membre active provisoire"] == "12"
    assert shown["Ensemble"] == "82"


def test_a_small_count_is_masked_with_another_one(report):
    page = report({"active": 40, "member": 30, "provisional": 4})
    shown = figures(page.text)
    assert shown["Membre active"] == "40"
    assert shown["Membre"] == shown["Membre active provisoire"] == "non publié"
    assert "Un nombre plus petit que 11" in page.text
    assert "Un nombre plus petit que 11" in page.html


def test_nothing_is_said_about_masking_where_nothing_is_masked(report):
    page = report({"active": 40, "member": 30, "provisional": 12}, came=25, left=11)
    assert figures(page.text)["Départs pendant ces six mois"] == "11"
    assert "n’est pas publié" not in page.text


def test_no_arrival_and_few_arrivals_look_the_same(report):
    now = {"active": 40, "member": 30, "provisional": 12}
    assert figures(report(now, came=3).text) == figures(report(now).text)


def test_a_figure_that_moved_by_few_people_since_the_last_assembly_is_masked(report):
    before = day(date(2026, 5, 20), {"active": 40, "member": 30, "provisional": 12})
    shown = figures(report({"active": 55, "member": 31, "provisional": 27}, came=31, earlier=[before]).text)
    assert (shown["Ensemble"], shown["Membre active"]) == ("113", "55")
    assert shown["Membre"] == shown["Membre active provisoire"] == "non publié"


def test_offices_show_their_last_days_and_no_name(report):
    mandates = [
        Held("delegate", date(2026, 9, 1), date(2027, 3, 1), None),
        Held("delegate", date(2026, 8, 1), date(2027, 2, 1), None),
        Held("spokesperson", date(2026, 1, 1), date(2026, 6, 30), None),
        Held("board", date(2026, 7, 3), None, None),
    ]
    shown = figures(report({"active": 40}, mandates=mandates).text)
    assert shown["Conseil d'administration"] == "en cours"
    assert shown["Déléguée"] == "jusqu’au 1er\xa0février\xa02027 et au\xa01er\xa0mars\xa02027"
    assert shown["Porte-parole"] == "place à prendre"


@pytest.mark.parametrize(("language", "day"), [("fr", "24\xa0mai\xa02027"), ("en", "24\xa0May\xa02027")])
def test_the_next_assembly_is_due_within_six_months(report, language, day):
    page = report({"active": 40}, language=language)
    assert day in page.html
    assert day in page.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_parts_say_the_same(report, language):
    """The plain part of a mail is made from the HTML by the CRM; ours is read aloud and printed."""
    page = report({"active": 40, "member": 30}, language=language)
    body = page.html[page.html.index("<body>") :]
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", body).replace("&#39;", "'").lower())
    assert re.findall(r"\w+", page.text.lower()) == words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_subject_and_page_name_neither_the_association_nor_the_cause(report, language):
    page = report({"active": 40}, language=language)
    assert not re.search(
        r"mist\b|traite|trafi|victim|prostit", f"{page.subject} {page.html} {page.text}", re.IGNORECASE
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_loads_nothing_and_holds_no_link(report, language):
    page = report({"active": 40}, language=language)
    assert not re.search(r"https?:|src=|href=|url\(|@import", page.html)


def test_four_chapters_follow_the_missions(report):
    page = report({"active": 40})
    assert re.findall(r"<h3>(\d)\.", page.html) == ["1", "2", "3", "4"]
