"""What the agenda announces of one person, exactly: on which day, by which rule, in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.agenda_words import End
from mist_connector.bylaws.announced import Announced, Kind
from mist_connector.bylaws.expectations import Expectation
from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    Attendance,
    CommonFacts,
    Departure,
    Exclusion,
    Facts,
    Function,
    Mandate,
    Pause,
    Session,
    Signature,
    Step,
    Vote,
)
from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import Window

DECLARED = declared()
ON = date(2026, 6, 15)
MEMBER = Facts(
    "P-0000-0001",
    status="member",
    applied_on=date(2025, 1, 1),
    attested_on=date(2025, 1, 15),
    signatures=(Signature(date(2025, 2, 1), "bylaws"),),
)
ACTIVE = replace(
    MEMBER,
    status="active",
    signatures=(*MEMBER.signatures, Signature(date(2025, 3, 1), "active_bylaws")),
    votes=(Vote(date(2025, 3, 10), "accepted"),),
)


def days(count):
    return ON + timedelta(days=count)


FUNCTION = Function(days(-100), "staff", "equipe@mist.example", None, "F-0000-0001")
WORKING = Facts("P-0000-0009", functions=(FUNCTION,), agreements=(Agreement(days(-100)),))


def coming(*people, last=30, common=CommonFacts(), words=DECLARED.agenda):  # noqa: B008 - a frozen value
    return agenda(people, common, DECLARED.provisions, words, Window(ON, days(last)))


def found(rule, *people, **more):
    return [
        (each.day, each.code)
        for each in coming(*people, **more)
        if each.rule == rule and each.kind is Kind.FINDING
    ]


def rule(check):
    [found] = [each.rule for each in DECLARED.provisions.checks if each.id == check]
    return found


ACCOMPANIED = replace(MEMBER, accompaniments=(Accompaniment(days(-50), "F-0000-0001"),))


def test_an_accompaniment_is_by_nobody_from_the_day_after_the_function():
    ending = replace(WORKING, functions=(replace(FUNCTION, until=days(5)),))
    nobody = rule("accompanied_by_nobody")
    assert found(nobody, ACCOMPANIED, ending) == [(days(6), "P-0000-0001")]
    assert found(nobody, ACCOMPANIED, WORKING) == []
    # What is so today already is no news.
    assert found(nobody, ACCOMPANIED) == []
    soon = replace(MEMBER, accompaniments=(Accompaniment(days(3), "F-0000-0009"),))
    assert found(nobody, soon, WORKING) == [(days(3), "P-0000-0001")]
    over = replace(MEMBER, accompaniments=(Accompaniment(days(-50), "F-0000-0001", days(5)),))
    assert found(nobody, over, ending) == []


def test_an_exclusion_to_come_is_said_of_whoever_is_still_accompanied_then():
    excluded = replace(ACCOMPANIED, exclusions=(Exclusion(days(4), "association"),))
    assert found(rule("accompanied_yet_excluded"), excluded, WORKING) == [(days(4), "P-0000-0001")]
    assert found(rule("accompanied_yet_excluded"), ACCOMPANIED, WORKING) == []


def test_a_function_lacks_its_agreement_from_the_day_after_that_and_from_its_own_first_day():
    wanted = rule("function_without_agreement")
    ending = replace(WORKING, agreements=(Agreement(days(-100), days(8)),))
    assert found(wanted, ending) == [(days(9), "P-0000-0009")]
    assert found(wanted, WORKING) == []
    soon = Facts("P-0000-0009", functions=(replace(FUNCTION, since=days(7)),))
    assert found(wanted, soon) == [(days(7), "P-0000-0009")]


def test_that_something_ends_soon_is_no_news_where_its_end_is_announced():
    other = Mandate(days(10), "spokesperson", days(100))
    leaving = replace(ACTIVE, mandates=(Mandate(days(-90), "delegate", days(65)), other))
    assert found("DEL11", leaving) == []
    again = replace(
        WORKING,
        agreements=(Agreement(days(-100), days(38)),),
        functions=(FUNCTION, replace(FUNCTION, since=days(12))),
    )
    assert found(rule("agreement_ends"), again) == []


def test_a_mandate_to_come_without_its_status_is_found_on_its_first_day():
    soon = replace(MEMBER, mandates=(Mandate(days(6), "roots", days(300)),))
    assert (days(6), "P-0000-0001") in found("R02", soon)
    overlapping = replace(
        ACTIVE, mandates=(Mandate(days(-60), "delegate", days(20)), Mandate(days(9), "delegate", days(90)))
    )
    assert found("DEL11", overlapping) == []  # said already today: both are recorded


def test_a_clock_that_a_pause_holds_runs_out_later_by_its_days():
    seen = replace(ACTIVE, steps=(Step(date(2026, 4, 20), "sign_of_life"),))
    silent = rule("silent")
    assert found(silent, seen) == [(date(2026, 6, 20), "P-0000-0001")]
    paused = replace(seen, pauses=(Pause(date(2026, 5, 1), "health", date(2026, 5, 3)),))
    assert found(silent, paused) == [(date(2026, 6, 23), "P-0000-0001")]
    # The pause of somebody who is away for good is not counted; that which has an end still is.
    away = replace(seen, pauses=(*paused.pauses, Pause(days(20), "health")))
    assert found(silent, away) == [(date(2026, 6, 23), "P-0000-0001")]
    # Of two without an end, the one that begins first stops the clock.
    twice = replace(seen, pauses=(Pause(days(3), "health"), Pause(days(20), "health")))
    assert found(silent, twice) == []


def test_what_ends_may_say_its_last_day_and_an_office_that_nobody_knows_its_id():
    ends = (End(of="mandates", fr="« {office} » : du {since} au {until}", en="{office} {since} {until}"),)
    words = DECLARED.agenda.model_copy(update={"ends": ends})
    unknown = replace(ACTIVE, mandates=(Mandate(days(-90), "nonsense", days(2)),))
    [end] = [each for each in coming(unknown, words=words) if each.kind is Kind.END]
    assert end.text.fr == "« nonsense » : du 17/03/2026 au 17/06/2026"
    assert end.text.en == "nonsense 2026-03-17 2026-06-17"
    assert (end.rule, end.code, end.day) == ("", "P-0000-0001", days(2))


def test_who_has_no_status_yet_or_no_longer_is_said_so_in_both_languages():
    nobody = Facts("P-0000-0001", applied_on=days(2))
    [status] = [each for each in coming(nobody) if each.kind is Kind.STATUS]
    assert "« aucun »" in status.text.fr
    none = DECLARED.provisions.status_label(None)
    assert (none.fr, none.en) == ("aucun", "none")
    assert "none" in status.text.en
    assert status.day == days(2)


def test_what_the_association_is_to_do_is_announced_of_nobody_and_once():
    session = Session(days(20), "talk_group")
    told = [
        (each.day, each.code)
        for each in coming(common=CommonFacts(sessions=(session,)))
        if each.rule == "D11"
    ]
    assert told == [(days(6), None)]
    late = CommonFacts(sessions=(Session(days(2), "talk_group"),))
    assert not [each for each in coming(common=late) if each.rule == "D11" and each.kind is Kind.FINDING]


@pytest.mark.parametrize(
    ("absent", "last", "due"), [(-14, 30, 0), (-15, 30, None), (-5, 9, 9), (-5, 8, None)]
)
def test_what_is_due_is_said_from_today_to_the_last_day_looked_at(absent, last, due):
    person = replace(ACTIVE, attendances=(Attendance(days(absent), "talk_group", "absent"),))
    told = [each.day for each in coming(person, last=last) if (each.kind, each.rule) == (Kind.DUE, "AD05")]
    assert told == ([] if due is None else [days(due)])


def test_what_is_expected_of_members_is_announced_while_she_is_one_and_not_afterwards():
    expectation = Expectation.model_validate(
        {
            "id": "applied_lately",
            "rule": "M01",
            "severity": "warning",
            "status": ("member",),
            "holds": {"dated": "applied_on", "within": {"days": 10}},
            "mend": {"fr": "m", "en": "m"},
            "fr": "f",
            "en": "f",
        },
        strict=False,
    )
    provisions = replace(DECLARED.provisions, expectations=(expectation,))

    def told(applied, left):
        person = replace(MEMBER, applied_on=days(applied), departures=(Departure(days(left), "association"),))
        coming = agenda([person], CommonFacts(), provisions, DECLARED.agenda, Window(ON, days(30)))
        return [each.day for each in coming if each.rule == "M01" and each.kind is Kind.FINDING]

    assert told(-5, 20) == [days(6)]
    assert told(-5, 7) == [days(6)]
    assert told(-5, 6) == []
    assert told(-11, 20) == []  # today already


@pytest.mark.parametrize("code", ["P-0000-0001", None])
def test_two_things_of_a_day_are_in_the_order_of_their_codes_what_is_about_nobody_first(code):
    text = Text(fr="a", en="a")
    one = Announced(ON, Kind.END, "A01", text, code=code)
    other = Announced(ON, Kind.END, "A01", text, code="P-0000-0002")
    assert sorted([other, one], key=lambda each: each.order) == [one, other]
