import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from mist_connector.bylaws.bylaws import Bylaws
from mist_connector.bylaws.matrix import Act
from mist_connector.bylaws.rules import Level, Mechanism
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.bylaws_documents import declare_bylaws
from mist_connector.declared.bylaws_files import kind_of

# The association's booklet is not part of the project; where it lies beside it, our words are compared.
BOOKLET = Path(__file__).parents[4] / "shared"
LONGEST_SHARED_RUN = 5

without_booklet = pytest.mark.skipif(
    not (BOOKLET / "reglement.md").exists(), reason="the booklet is not beside the project"
)


@pytest.fixture(scope="module")
def bylaws(delivered) -> Bylaws:
    problems = []
    declared = declare_bylaws(delivered, problems)
    assert not problems
    assert declared is not None
    return declared


def test_all_rules_sections_and_decisions_are_declared(bylaws):
    assert len(bylaws.rules) == 145
    assert len(bylaws.sections) == 22
    assert [decision.id for decision in bylaws.decisions] == [f"Q{number:02}" for number in range(1, 28)]
    assert [meaning.id for meaning in bylaws.tiers] == list(Tier)


@without_booklet
def test_rules_and_sections_are_those_of_the_reference(bylaws):
    reference = yaml.safe_load((BOOKLET / "rules.yaml").read_text(encoding="utf-8"))
    assert {(rule.id, rule.section) for rule in bylaws.rules} == {(r["id"], r["section"]) for r in reference}
    titles = (BOOKLET / "reglement.md").read_text(encoding="utf-8")
    assert [section.id for section in bylaws.sections] == re.findall(
        r"^## \[([a-z-]+)\]", titles, re.MULTILINE
    )


@without_booklet
def test_every_level_is_among_those_proposed_by_the_reference(bylaws):
    proposed = {
        rule["id"]: rule["level"].upper()
        for rule in yaml.safe_load((BOOKLET / "rules.yaml").read_text(encoding="utf-8"))
    }
    strange = [rule.id for rule in bylaws.rules for level in rule.levels if level not in proposed[rule.id]]
    assert strange == []


def test_no_decision_is_settled_by_anybody_but_the_association(bylaws):
    assert bylaws.open_decisions == bylaws.decisions


def test_what_has_no_safe_default_stays_off(bylaws):
    assert {decision.id for decision in bylaws.decisions if decision.answer is None} == {"Q01", "Q22"}


def test_rules_that_are_only_told_are_told_by_a_text(bylaws):
    for rule in bylaws.rules:
        told = {reference.kind for reference in rule.implemented_by} >= {Mechanism.FORM_TEXT}
        assert told == (rule.level is Level.INFO), rule.id


def test_only_accompanying_staff_direction_and_the_person_herself_come_to_a_personal_file(bylaws):
    readers = {reader.id: reader.tiers[Tier.PERSONAL] for reader in bylaws.matrix.readers}
    opened = {name: set(cell.keys) for name, cell in readers.items() if cell.may}
    assert opened == {
        "staff_accompanying": {"role", "accompaniment", "agreement", "off_board"},
        "direction": {"role", "agreement", "off_board"},
        "self": {"own"},
    }
    assert next(reader for reader in bylaws.matrix.readers if reader.id == "self").door == "direction"


def test_only_direction_comes_to_an_investigation_or_exports(bylaws):
    for reader in bylaws.matrix.readers:
        if reader.id != "direction":
            assert not reader.tiers[Tier.INVESTIGATION].may, reader.id
            assert not any(Act.EXPORT in cell.may for cell in reader.tiers.values()), reader.id


def test_every_member_comes_to_common_information(bylaws):
    for role in ("member", "active_member", "delegate", "spokesperson", "mentor", "roots", "board"):
        assert bylaws.matrix.cell(role, Tier.COMMON).may == (Act.READ,)


def test_every_grant_on_people_needs_an_agreement_or_has_no_person_behind_it(bylaws):
    for reader in bylaws.matrix.readers:
        for tier in (Tier.REGISTER, Tier.PERSONAL, Tier.INVESTIGATION):
            cell = reader.tiers[tier]
            if cell.may and reader.id not in {"connector", "self"}:
                assert "agreement" in cell.keys, (reader.id, tier)


@without_booklet
def test_no_sentence_of_the_booklet_is_copied(delivered):
    reference = yaml.safe_load((BOOKLET / "rules.yaml").read_text(encoding="utf-8"))
    booklet = [(BOOKLET / "reglement.md").read_text(encoding="utf-8"), *(rule["quote"] for rule in reference)]
    known = set().union(*map(runs, booklet))
    copied = {
        run
        for path, source in delivered.items()
        if kind_of(path)
        for text in texts(yaml.safe_load(source.text))
        for run in runs(text)
        if run in known
    }
    assert copied == set()


def texts(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, (list, dict)):
        for below in tree.values() if isinstance(tree, dict) else tree:
            yield from texts(below)


def runs(text):
    """Return every run of words that is longer than may be shared, without inclusive endings."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'")
    plain = re.sub(r"[·.-](e|s|es|euse|ive|ve|trice)\b(?:[·.-]s\b)?", "", plain)
    words = re.findall(r"[^\W_]+", plain)
    size = LONGEST_SHARED_RUN + 1
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}
