"""What must hold for whatever facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mist_connector.bylaws.engine import decide, decide_all
from mist_connector.bylaws.facts import Departure, Exclusion
from mist_connector.bylaws.in_force import exceeds, in_force, lasts_on
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.holds import holds
from mist_connector.conditions.spelling import condition as spelled

from .strategies import TODAY, days, facts, registers

PROVISIONS = declared().provisions


@given(facts())
def test_the_status_is_the_first_all_of_whose_requirements_hold(person):
    status = decide(person, PROVISIONS, on=TODAY).status
    fitting = [
        rule.id
        for rule in PROVISIONS.statuses
        if all(holds(each.holds, person, on=TODAY) for each in rule.requires)
    ]
    assert status == (fitting[0] if fitting else None)


@given(facts())
def test_once_recorded_a_status_is_decided_again(person):
    status = decide(person, PROVISIONS, on=TODAY).status
    recorded = replace(person, status=status)
    verdict = decide(recorded, PROVISIONS, on=TODAY)
    assert verdict.status == status
    assert "status_not_recorded" not in {finding.check for finding in verdict.findings}


@given(facts(), days)
def test_somebody_excluded_is_excluded_for_ever_whatever_else_is_recorded(person, day):
    excluded = replace(person, exclusions=(*person.exclusions, Exclusion(on=day, scope="association")))
    later = max(day, TODAY)
    assert decide(excluded, PROVISIONS, on=later).status == "excluded"


@given(facts())
def test_leaving_today_ends_every_membership(person):
    leaving = replace(person, departures=(*person.departures, Departure(on=TODAY, scope="association")))
    assert decide(leaving, PROVISIONS, on=TODAY).status in {"left", "excluded"}


@given(facts())
def test_the_order_in_which_facts_were_recorded_does_not_matter(person):
    turned = replace(
        person,
        signatures=person.signatures[::-1],
        votes=person.votes[::-1],
        departures=person.departures[::-1],
        mandates=person.mandates[::-1],
    )
    there, back = (decide(each, PROVISIONS, on=TODAY) for each in (person, turned))
    assert there.status == back.status
    assert {finding.text.fr for finding in there.findings} == {finding.text.fr for finding in back.findings}


@given(facts())
def test_claims_part_requirements_into_met_and_missing_and_lose_none(person):
    for claim in decide(person, PROVISIONS, on=TODAY).claims:
        assert set(claim.met) | set(claim.missing) == set(claim.status.requires)
        assert not set(claim.met) & set(claim.missing)


@given(facts(), st.booleans())
def test_none_is_the_contrary_of_exists(person, happened):
    where = ({"field": "document", "equals": "bylaws"},)
    time = "happened" if happened else "any"
    there = spelled({"exists": "signatures", "where": where, "time": time})
    absent = spelled({"none": "signatures", "where": where, "time": time})
    assert holds(there, person, on=TODAY) != holds(absent, person, on=TODAY)


@given(facts())
def test_exists_after_means_one_later_than_every_earlier_one(person):
    condition = spelled(
        {
            "exists": "signatures",
            "time": "happened",
            "after": ({"exists": "departures", "time": "happened"},),
        }
    )
    earlier = [departure.on for departure in person.departures if departure.on <= TODAY]
    later = [
        signature
        for signature in person.signatures
        if signature.on <= TODAY and all(signature.on > day for day in earlier)
    ]
    assert holds(condition, person, on=TODAY) == bool(later)


@given(facts())
def test_in_force_by_condition_and_by_role_are_the_same(person):
    condition = spelled({"exists": "agreements", "time": "in_force"})
    assert holds(condition, person, on=TODAY) == bool(in_force(person.agreements, TODAY))


@given(facts())
def test_a_term_is_in_force_on_its_days_and_on_no_other(person):
    for term in person.mandates:
        if term.until is not None and term.until >= term.since:
            assert lasts_on(term, term.since)
            assert lasts_on(term, term.until)
            assert not lasts_on(term, term.since - timedelta(days=1))
            assert not lasts_on(term, term.until + timedelta(days=1))


@pytest.mark.parametrize("months", [1, 6, 12])
@given(facts())
def test_the_condition_on_months_and_the_check_agree(months, person):
    condition = spelled({"lasts": {"start": "since", "end": "until", "months": months}})
    for mandate in person.mandates:
        assert holds(condition, mandate, on=TODAY) != exceeds(mandate, months)


@settings(max_examples=40)
@given(registers)
def test_everybody_is_judged_alone_but_for_accompaniments_and_offices(people):
    verdicts = decide_all(people, PROVISIONS, on=TODAY)
    for person, verdict in zip(people, verdicts.people, strict=True):
        assert verdict == decide(person, PROVISIONS, on=TODAY)
        assert verdicts.of(person.code) == verdict
