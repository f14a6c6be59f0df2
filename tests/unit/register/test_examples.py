"""The example register: invented, whole, and with every status and role in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    Departure,
    Exclusion,
    Facts,
    Function,
    Mandate,
    Signature,
    Vote,
)
from mist_connector.bylaws.in_force import in_force
from mist_connector.register.difference import dangling
from mist_connector.register.folder import read_texts
from mist_connector.register.observing import ObservedRegister
from mist_connector.register.reading import read_register

FOLDER = Path(__file__).parents[3] / "examples" / "register"
WRITTEN = date(2026, 11, 24)
SHAPES = {
    "signatures": Signature,
    "votes": Vote,
    "departures": Departure,
    "exclusions": Exclusion,
    "mandates": Mandate,
    "agreements": Agreement,
    "accompaniments": Accompaniment,
}


@pytest.fixture(scope="module")
def example(mappings):
    names = [table.file for table in mappings.register]
    problems = []
    rows = read_register(
        read_texts(FOLDER, mappings.register, names), mappings.register, mappings.blueprint, problems
    )
    empty = ObservedRegister({}, {"person": {}, "function": {}})
    problems.extend(dangling(rows, empty, mappings.register, mappings.blueprint))
    assert problems == []
    return rows


@pytest.fixture(scope="module")
def people(example):
    return [_facts(row.values, example) for row in example["people"]]


def _facts(person, rows):
    def behind(file):
        return [dict(row.values) for row in rows[file] if row.values["person"] == person["name"]]

    several = {
        file: tuple(
            shape(**{key: value for key, value in each.items() if key != "person"}) for each in behind(file)
        )
        for file, shape in SHAPES.items()
    }
    functions = tuple(
        Function(each["since"], each["role"], each["login"], each["until"], each["name"])
        for each in behind("functions")
    )
    return Facts(
        code=person["name"],
        applied_on=person["applied_on"],
        attested_on=person["attested_on"],
        speaks_french=person["speaks_french"],
        functions=functions,
        **several,
    )


@pytest.fixture(scope="module")
def verdicts(people, mappings):
    return decide_all(people, mappings.provisions, on=WRITTEN)


def test_every_status_is_there(verdicts, mappings):
    statuses = {verdict.status for verdict in verdicts.people}
    assert statuses == {None, *(status.id for status in mappings.provisions.statuses)}


def test_every_role_is_there_and_both_offices_are_full(verdicts):
    roles = [function.role for verdict in verdicts.people for function in verdict.functions]
    offices = [mandate.office for verdict in verdicts.people for mandate in verdict.mandates]
    assert (roles.count("direction"), roles.count("staff")) == (1, 4)
    assert (offices.count("delegate"), offices.count("spokesperson")) == (2, 2)
    assert verdicts.offices == ()


def test_staff_are_in_every_situation_that_opens_or_closes_a_file(people, verdicts):
    staff = {
        function.code: verdict
        for verdict in verdicts.people
        for function in verdict.functions
        if function.role == "staff"
    }
    accompanying = [each.function for facts in people for each in in_force(facts.accompaniments, WRITTEN)]
    situations = {
        (verdict.agreement is not None, min(accompanying.count(code), 2)) for code, verdict in staff.items()
    }
    assert situations == {(True, 2), (True, 0), (False, 2), (False, 1)}


def test_nothing_in_it_would_be_refused(verdicts):
    refused = {"mandate_too_long", "mandate_without_status"}
    assert not refused & {str(finding.check) for finding in verdicts.findings}


def test_nobody_in_it_could_exist(example):
    invented = {"Exemple", "Fictive", "Inventée", "Imaginaire", "Modèle"}
    for row in example["people"]:
        assert row.values["first_name"] in invented
        email = row.values["email"]
        assert email is None or email.endswith("@example.invalid")
    channels = {row.values["channel"] for row in example["people"]}
    languages = {row.values["language"] for row in example["people"]}
    assert channels == {"mail", "call", "paper", "none"}
    assert languages == {"fr", "en"}


def test_every_file_carries_a_canary_of_its_own(example):
    words = [row.values["note"].split()[-1] for row in example["files"]]
    assert all(word.startswith("CANARI-") for word in words)
    assert len(set(words)) == len(words)
