"""Every rule that is refused, found or recalled has a case that must hold and one that must not."""

from __future__ import annotations

import pytest
import yaml

from mist_connector.bylaws.rules import Level

from .test_cases import CASES, FOLDER, _decided

# Rules whose cases are no facts of a person and a day. Each says where it is proved instead.
INVESTIGATION = "investigations are direction's alone, and have tests of their own"
PROOF = "who can read what: mist prove becomes each role (tests/odoo/proof), as floor and as ceiling"
ASSEMBLY = "an assembly is lived from convocation to minutes: tests/unit/assembly, tests/odoo/assembly"
FREE = "what must never be refused has no case that is refused: tests/unit/declared/test_freedom.py"
ELSEWHERE = {
    **dict.fromkeys(("M05", "X01", "X02", "C10"), INVESTIGATION),
    **dict.fromkeys(("C02", "C03", "C04", "C05", "C06", "C07"), PROOF),
    **dict.fromkeys(("B01", "B07", "DEL10", "SP11", "G01", "G02"), ASSEMBLY),
    **dict.fromkeys(("AL01", "ACT02"), FREE),
    "SP09": "a document never goes beyond a consent: tests/unit/documents, tests/unit/assembly",
    "A15": "the form bears her names, which the engine does not know: tests/odoo/hooks/test_ways_in.py",
}


def _refusals():
    text = (FOLDER / "refusals" / "refus.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["cases"]


def _broken(case, mappings):
    """Return the rules that a case breaks: those expected, and whatever else the engine finds."""
    findings = _decided(case, mappings).findings
    missing = {rule for rules in case.missing.values() for rule in rules}
    return {finding.rule for finding in findings} | missing


@pytest.fixture(scope="module")
def proved(mappings):
    broken = {rule for case in _refusals() for rule in (*case["refused"], *case.get("lacks", ()))}
    kept = {rule for case in _refusals() if not case["refused"] for rule in case.get("rules", ())}
    for case in CASES:
        wrong = _broken(case, mappings)
        broken |= wrong & set(case.rules)
        kept |= set(case.rules) - wrong
    return broken, kept


def _demanding(mappings):
    return [rule for rule in mappings.bylaws.rules if set(rule.levels) != {Level.INFO}]


def test_every_rule_that_is_held_has_a_case_that_breaks_it_and_one_that_keeps_it(mappings, proved):
    broken, kept = proved
    lacking = {
        rule.id: [word for word, rules in (("broken", broken), ("kept", kept)) if rule.id not in rules]
        for rule in _demanding(mappings)
        if rule.id not in ELSEWHERE
    }
    assert {rule: words for rule, words in lacking.items() if words} == {}


def test_what_is_proved_elsewhere_are_rules_that_are_held(mappings):
    assert ELSEWHERE.keys() <= {rule.id for rule in _demanding(mappings)}


def test_the_refusals_that_the_board_reads_name_rules_that_exist(mappings):
    named = {
        rule
        for case in _refusals()
        for rule in (*case["refused"], *case.get("lacks", ()), *case.get("rules", ()))
    }
    assert all(mappings.bylaws.rule(rule) for rule in named)
