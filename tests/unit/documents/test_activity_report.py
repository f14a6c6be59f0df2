"""The activity report does not contradict itself, and draws a course only where there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mist_connector.bylaws.facts import Attendance, Facts, Session
from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.catalogue import ACTIVITY, compiled
from mist_connector.documents.composing import from_register
from mist_connector.documents.counting import occasions
from mist_connector.documents.sample import sample_register
from mist_connector.work.papers.templates import load_templates

RULES, TEMPLATES, ON = declared(), load_templates(None), date(2026, 11, 24)
TOLD = sample_register(RULES, ON)


def page(told, language="fr"):
    values = from_register(RULES, ACTIVITY, told, language=language)
    return compiled(RULES, ACTIVITY, TEMPLATES).render(values, language=language)


def person(*days):
    facts = Facts(code="P-0000-0001")
    there = tuple(Attendance(on=each, activity="talk_group", state="present") for each in days)
    missed = (Attendance(on=ON, activity="meeting", state="excused"),)
    return replace(facts, attendances=there + missed)


def test_what_people_came_to_took_place_even_without_the_programme():
    first, second = date(2026, 10, 1), date(2026, 10, 8)
    found = occasions([person(first), person(first, second)], [Session(first, "talk_group")])
    assert found == (("talk_group", first), ("talk_group", second))


@pytest.mark.parametrize(("language", "never"), [("fr", " : 0 fois"), ("en", ": 0 times")])
def test_no_activity_is_told_to_have_taken_place_no_time(language, never):
    text = page(replace(TOLD, sessions=(), occasions=()), language).text.replace("\xa0", " ")
    assert never not in text
    assert "fois" not in text.split("Nous, au fil")[0] or language == "en"


def test_a_course_takes_two_days_that_are_shown():
    several, one = page(TOLD).html, page(replace(TOLD, days=TOLD.days[-1:])).html
    assert several.count('class="bars"') == 3
    assert 'class="bars"' not in one
    assert "au fil du temps" not in one
