"""The cases that the board reads, run against the engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import Field

from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.expectations import COMMON
from mist_connector.bylaws.facts import CommonFacts, Facts
from mist_connector.declared.reading import Source, read
from mist_connector.strict import Strict

FOLDER = Path(__file__).parents[2] / "cases"
UNSAID = "unsaid"
# Their negative cases are those in which an office has no finding at all.
ABOUT_OFFICES = {"seats_exceeded", "seats_vacant", "nobody_speaks_french", "half_missing", "seat_to_fill"}
# What is found of several people or of the association stands beside the verdicts on each.
TOGETHER = {*ABOUT_OFFICES, "interim_beyond_term", "same_address", "likely_same"}


class Case(Strict):
    title: str
    rules: tuple[str, ...]
    day: date
    person: Facts = Facts("P-0000-0001")
    others: tuple[Facts, ...] = ()
    common: CommonFacts | None = None
    status: str | None = UNSAID
    missing: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    found: dict[str, str] = Field(default_factory=dict, alias="with")
    absent: tuple[str, ...] = Field(default=(), alias="without")
    offices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    told: dict[str, str] = Field(default_factory=dict)
    untold: tuple[str, ...] = ()


class CasesFile(Strict):
    cases: tuple[Case, ...]


def _cases():
    for file in sorted(FOLDER.glob("*.yaml")):
        problems = []
        document = read(Source(file.name, file.read_text(encoding="utf-8")), CasesFile, problems)
        assert document is not None, "\n".join(map(str, problems))
        yield from document.value.cases


CASES = list(_cases())


def _decided(case, mappings):
    people = [case.person, *case.others]
    return decide_all(people, mappings.provisions, on=case.day, common=case.common)


@pytest.fixture(params=CASES, ids=[case.title for case in CASES])
def case(request):
    return request.param


def test_the_bylaws_say_what_the_board_expects(case, mappings):
    verdicts = _decided(case, mappings)
    verdict = verdicts.people[0]
    found = {str(finding.check): finding.rule for finding in verdict.findings}
    if case.status != UNSAID:
        assert verdict.status == case.status
    for status, rules in case.missing.items():
        assert {requirement.rule for requirement in verdict.claim(status).missing} == set(rules)
    assert case.found.items() <= found.items()
    assert not set(case.absent) & set(found)
    told = {str(finding.check): finding.rule for finding in verdicts.offices}
    assert case.told.items() <= told.items()
    assert not set(case.untold) & set(told)
    for office, checks in case.offices.items():
        label = mappings.provisions.office(office).label.fr
        about = [str(finding.check) for finding in verdicts.offices if f"« {label} »" in finding.text.fr]
        assert about == list(checks)


def test_every_case_names_rules_that_exist(case, mappings):
    assert all(mappings.bylaws.rule(rule) for rule in case.rules)


def test_every_case_looks_for_a_finding_where_it_would_be(case, mappings):
    common = {each.id for each in mappings.provisions.expectations if each.of in COMMON}
    assert not {*case.found, *case.absent} & (TOGETHER | common)
    assert {*case.told, *case.untold} <= TOGETHER | common
    assert case.common is not None or not {*case.told, *case.untold} & common


def test_every_check_and_every_status_has_a_case_in_which_it_holds_and_one_in_which_it_does_not(mappings):
    held = {check for case in CASES for check in (*case.found, *case.told, *sum(case.offices.values(), ()))}
    absent = {check for case in CASES for check in (*case.absent, *case.untold)}
    for check in mappings.provisions.checks:
        assert check.id in held, check.id
        if check.id not in ABOUT_OFFICES:
            assert check.id in absent, check.id
    told = {check for case in CASES for check in (*held, *case.told)}
    untold = {check for case in CASES for check in (*absent, *case.untold)}
    for expectation in mappings.provisions.expectations:
        assert expectation.id in told, expectation.id
        assert expectation.id in untold, expectation.id
    statuses = {case.status for case in CASES}
    missing = {status for case in CASES for status in case.missing}
    reached = {"candidate", *(status.leads_to for status in mappings.provisions.statuses)}
    for status in mappings.provisions.statuses:
        assert status.id in statuses
        assert status.id in missing or status.id not in reached


def test_every_sentence_of_a_finding_is_said_in_both_languages_with_its_words_filled_in(mappings):
    for case in CASES:
        verdicts = _decided(case, mappings)
        for finding in verdicts.findings:
            for sentence in (finding.text.fr, finding.text.en, finding.mend.fr, finding.mend.en):
                assert sentence.strip()
                assert "{" not in sentence
