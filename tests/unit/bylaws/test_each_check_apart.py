"""Each check is made by itself: left out of the mappings, it is not made, and all else is as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.checks import CheckId
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.expectations import Expectation
from mist_connector.bylaws.facts import Attendance, CommonFacts, Facts, Mandate, Signature, Vote
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import Window

from .test_cases import CASES

DECLARED = declared()
# Without expectations, which no check knows of, there is less to decide.
CHECKED = replace(DECLARED.provisions, expectations=())
ON = date(2026, 6, 15)
ACTIVE = Facts(
    "P-0000-0001",
    attested_on=date(2025, 1, 15),
    signatures=(Signature(date(2025, 2, 1), "bylaws"), Signature(date(2025, 3, 1), "active_bylaws")),
    votes=(Vote(date(2025, 3, 10), "accepted"),),
)
IDLE = replace(
    ACTIVE,
    attendances=(Attendance(date(2026, 4, 20), "talk_group", "present"),),
    mandates=(Mandate(date(2026, 6, 1), "delegate", date(2026, 6, 25)),),
)


def without(check_id):
    return replace(CHECKED, checks=tuple(each for each in CHECKED.checks if each.id != check_id))


def findings(case, provisions):
    people = [case.person, *case.others]
    verdicts = decide_all(people, provisions, on=case.day, common=case.common)
    return [*(verdict.findings for verdict in verdicts.people), verdicts.offices]


@pytest.fixture(scope="module")
def all_findings():
    return [findings(case, CHECKED) for case in CASES]


@pytest.mark.parametrize("check_id", CheckId)
def test_a_check_that_is_not_declared_is_not_made_and_the_others_are(check_id, all_findings):
    provisions = without(check_id)
    for case, found in zip(CASES, all_findings, strict=True):
        others = [tuple(each for each in some if each.check != check_id) for some in found]
        assert findings(case, provisions) == others


@pytest.mark.parametrize("check_id", CheckId)
def test_what_an_undeclared_check_would_find_is_not_announced_and_the_rest_is(check_id):
    window = Window(ON, ON + timedelta(days=30))
    rules = {each.id: each.rule for each in CHECKED.checks}

    def announced(provisions):
        coming = agenda([IDLE], CommonFacts(), provisions, DECLARED.agenda, window)
        return {(each.kind, each.day, each.rule) for each in coming}

    clocks = {CheckId.INACTIVE, CheckId.SILENT}
    whole, less = announced(CHECKED), announced(without(check_id))
    assert less <= whole
    assert {rules[each] for each in clocks} <= {rule for _, _, rule in whole}
    if check_id in clocks:
        assert {rule for _, _, rule in whole - less} == {rules[check_id]}


def test_a_clock_of_days_says_how_many():
    checks = tuple(
        each.model_copy(update={"months": None, "days": 56, "fr": "pas vue depuis {days} jours."})
        if each.id is CheckId.INACTIVE
        else each
        for each in CHECKED.checks
    )
    found = [
        each
        for each in decide_all([IDLE], replace(CHECKED, checks=checks), on=ON).findings
        if each.check == "inactive"
    ]
    assert [(each.text.fr, each.due) for each in found] == [("pas vue depuis 56 jours.", ON)]


@pytest.mark.parametrize(("lacking", "count"), [((), 1), (("months",), 0), (("vacancy",), 0)])
def test_an_interim_is_held_to_a_term_where_the_office_has_one_and_a_seat_is_to_be_filled(lacking, count):
    offices = tuple(each.model_copy(update=dict.fromkeys(lacking)) for each in CHECKED.offices)
    gone = replace(
        IDLE, code="P-0000-0002", mandates=(Mandate(date(2026, 1, 1), "delegate", date(2026, 2, 1)),)
    )
    interim = Mandate(date(2026, 2, 2), "delegate", date(2026, 12, 31), interim=True)
    people = [replace(ACTIVE, mandates=(interim,)), gone]
    found = decide_all(people, replace(CHECKED, offices=offices), on=ON).findings
    assert [each.check for each in found].count("interim_beyond_term") == count


def test_an_interim_that_is_over_hides_no_other_one():
    gone = Mandate(date(2026, 1, 1), "delegate", date(2026, 2, 1))
    over = Mandate(date(2026, 2, 2), "delegate", date(2026, 6, 14), interim=True)
    running = replace(over, until=date(2026, 12, 31))
    codes = ("P-0000-0001", "P-0000-0002", "P-0000-0003")
    people = [Facts(code, mandates=(each,)) for code, each in zip(codes, (gone, over, running), strict=True)]
    found = decide_all(people, CHECKED, on=ON).findings
    assert [each.code for each in found if each.check == "interim_beyond_term"] == ["P-0000-0003"]


def expecting(**form):
    """Return provisions that expect one thing alone."""
    told = {"rule": "M01", "severity": "warning", "mend": {"fr": "m", "en": "m"}, "fr": "f", "en": "f"}
    expectation = Expectation.model_validate({"id": "expected", **told, **form}, strict=False)
    return replace(DECLARED.provisions, expectations=(expectation,))


def expected(person, provisions):
    return [each for each in decide_all([person], provisions, on=ON).findings if each.check == "expected"]


def test_what_is_expected_of_her_is_asked_with_the_status_that_her_facts_give_whatever_is_recorded():
    provisions = expecting(holds={"field": "status", "equals": "active"})
    assert not expected(ACTIVE, provisions)
    assert not expected(replace(ACTIVE, status="active"), provisions)
    assert len(expected(replace(ACTIVE, status="active", votes=()), provisions)) == 1


def test_the_sentence_of_an_expectation_may_say_the_days_of_its_fact_and_the_last_one_to_mend_it():
    sentence = {"fr": "{on} {since} {until} {due}", "en": "{on} {since} {until} {due}"}
    lapse = {"after": "since", "lapse": {"months": 1, "days": 1}}
    provisions = expecting(of="mandates", holds={"is_set": "chosen_on"}, due=lapse, **sentence)
    [found] = expected(IDLE, provisions)
    assert (found.text.fr, found.due) == ("… 01/06/2026 25/06/2026 02/07/2026", date(2026, 7, 2))
    assert found.facts == IDLE.mandates
    assert (found.code, found.rule, found.severity) == (IDLE.code, "M01", "warning")
    [undated] = expected(IDLE, expecting(of="mandates", holds={"is_set": "chosen_on"}, **sentence))
    assert (undated.text.en, undated.due) == ("… 2026-06-01 2026-06-25 ", None)
