"""A second association, invented and small, is mappings alone; what MIST alone has, it does not get."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.fact_models import shapes_of
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import Mandate
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.coverage import State, coverage
from mist_connector.declared.everything import declare
from mist_connector.declared.known_ids import known_ids
from mist_connector.errors import DeclarationError

CHOIR = Path(__file__).parents[3] / "examples" / "choir" / "mappings"
TODAY = date(2026, 3, 2)
MISTS_OWN = ("MIST", "roots", "delegate", "spokesperson", "provisional", "accompaniment", "trafficking")


@pytest.fixture(scope="module")
def choir():
    return declare(load_sources(CHOIR))


@pytest.fixture(scope="module")
def facts(choir):
    """Make the facts of a person of the choir."""
    return shapes_of(choir.blueprint).facts


def paid(choir, since, until):
    return shapes_of(choir.blueprint).relations["payments"](since=since, until=until)


def without(status, folder):
    """Return the mapping files without a status: the one edit that removes it."""
    sources = dict(load_sources(folder))
    text = re.sub(rf"(?ms)^  - id: {status}\n.*?(?=^  - id: |\Z)", "", sources["statuses.yaml"].text)
    return {**sources, "statuses.yaml": replace(sources["statuses.yaml"], text=text)}


def test_each_rule_of_the_second_association_has_effect(choir):
    covered = coverage(choir.bylaws.rules, known_ids(choir))
    assert [each.rule.id for each in covered.rules if each.state is not State.IMPLEMENTED] == []
    assert len(covered.rules) == 11


def test_what_the_second_association_deploys_names_nothing_of_mist(choir):
    records = compile_blueprint(choir.blueprint)
    told = repr(records)
    assert [word for word in MISTS_OWN if word in told] == []
    rules = {rule for record in records for rule in record.rules}
    assert rules <= {rule.id for rule in choir.bylaws.rules} | {each.id for each in choir.bylaws.decisions}


def test_a_kind_of_fact_that_only_mappings_know_drives_a_status(choir, facts):
    singing = facts(code="P-1", payments=(paid(choir, date(2026, 1, 1), date(2026, 12, 31)),))
    overdue = facts(code="P-2", payments=(paid(choir, date(2025, 1, 1), date(2025, 12, 31)),))
    asking = facts(code="P-3", applied_on=date(2026, 2, 1))
    decided = decide_all([singing, overdue, asking], choir.provisions, on=TODAY)
    assert {each.code: each.status for each in decided.people} == {
        "P-1": "singer",
        "P-2": "lapsed",
        "P-3": "applicant",
    }


def test_whoever_has_not_paid_is_found_and_nobody_else(choir, facts):
    people = [
        facts(code="P-1", payments=(paid(choir, date(2026, 1, 1), date(2026, 12, 31)),)),
        facts(code="P-2", payments=(paid(choir, date(2025, 1, 1), date(2025, 12, 31)),)),
    ]
    found = decide_all(people, choir.provisions, on=TODAY)
    unpaid = [
        finding.code for each in found.people for finding in each.findings if finding.check == "fee_unpaid"
    ]
    assert unpaid == ["P-2"]


def test_a_mandate_of_thirteen_months_is_found(choir, facts):
    mandate = Mandate(date(2026, 1, 1), "committee", date(2027, 1, 31))
    fee = paid(choir, date(2026, 1, 1), date(2026, 12, 31))
    (verdict,) = decide_all(
        [facts(code="P-1", payments=(fee,), mandates=(mandate,))], choir.provisions, on=TODAY
    ).people
    assert "mandate_too_long" in [str(each.check) for each in verdict.findings]


def test_a_condition_may_name_only_facts_that_the_association_records():
    sources = dict(load_sources(CHOIR))
    paid = ("exists: payments, time: in_force", "exists: votes, time: happened")
    text = sources["statuses.yaml"].text.replace(*paid)
    with pytest.raises(DeclarationError, match="votes"):
        declare({**sources, "statuses.yaml": replace(sources["statuses.yaml"], text=text)})


@pytest.mark.parametrize(("status", "folder"), [("lapsed", CHOIR), ("provisional", None)])
def test_removing_a_status_tells_at_once_everything_that_depended_on_it(status, folder):
    with pytest.raises(DeclarationError) as refused:
        declare(without(status, folder))
    told = {(each.place.file.rpartition("mappings/")[2], each.place.line) for each in refused.value.problems}
    named = {
        (name, number)
        for name, source in load_sources(folder).items()
        for number, line in enumerate(source.text.splitlines(), 1)
        if name in {"assembly.yaml", "checks.yaml", "documents.yaml", "expectations.yaml"}
        and re.search(rf"^[^#\"]*\b{status}\b", line)
    }
    assert named
    # The file of assemblies is told of at its list of statuses, whichever line of it names the status.
    assert named - told <= {(name, line) for name, line in named if name == "assembly.yaml"}
    assert {name for name, _ in named} <= {name for name, _ in told}


def test_delivered_files_are_taken_with_the_words_of_the_association(choir):
    source = load_sources(CHOIR)["blueprint/models/assembly.yaml"]
    assert "    stewards: [read, write, create]" in source.text
    assert choir.blueprint.hardening.sender.address == "chorale@mouettes.example"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- shield.yaml", "- sheild.yaml", "aucun fichier livré"),
        ("- shield.yaml", "- sync.yaml", "a déjà son propre"),
        ("SP11: CH05", "ZZ11: CH05", "n'est dans aucun"),
    ],
)
def test_what_is_taken_amiss_is_refused(tmp_path, old, new, told):
    for source in CHOIR.rglob("*.yaml"):
        copy = tmp_path / source.relative_to(CHOIR)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "delivered.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DeclarationError, match=told):
        load_sources(tmp_path)
