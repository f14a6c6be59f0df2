"""The page of a proof says in French what a board must know, and what came out otherwise than last time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.proof.outcome import Outcome, judged
from mist_connector.proof.page import page
from mist_connector.proof.prove import Proof
from mist_connector.proof.record import differences


@pytest.fixture(scope="module")
def matrix():
    return declared().bylaws.matrix


def proof(*leaking):
    """A proof in which direction reads a file, and nobody else but those who are named."""
    tried = [
        Outcome(who, "read", "lecture par numéro", "personal", who == "direction", seen)
        for who, seen in (("direction", True), *((each, each in leaking) for each in ("account", "portal")))
    ]
    return Proof(
        at=datetime(2026, 11, 25, tzinfo=UTC),
        database="essai",
        outcomes=judged(tried, {}),
        unclassified=(),
        named=(),
        channels=1,
        models=0,
        requests=3,
        seconds=0.1,
    )


def kept(one):
    return {(each.persona, each.channel, each.tier): str(each.verdict) for each in one.outcomes}


def test_a_proof_that_holds_says_so_and_shows_who_is_kept_out(matrix):
    shown = page(proof(), matrix)
    assert "Chacun lit ce que le règlement lui ouvre, et rien d'autre." in shown
    assert "Ce qui n'est pas comme prévu" not in shown
    assert shown.count("<b>fermé</b>") == 2


def test_a_leak_is_one_line_with_everybody_whom_it_concerns(matrix):
    shown = page(proof("account", "portal"), matrix)
    assert "2 × FUITE" in shown
    assert "Compte du CRM sans fonction ; Compte du portail" in shown
    assert "account" not in shown


def test_what_changed_since_the_last_proof_is_said_in_words(matrix):
    before, after = proof(), proof("portal")
    changed = differences(kept(before), after)
    shown = page(after, matrix, changed)
    assert "Depuis la dernière preuve" in shown
    [line] = [part for part in shown.split("<tr>") if "refusé, par une voie qui marche</td><td>FUITE" in part]
    assert "Compte du portail" in line
    assert "lecture par numéro" in line


def test_a_way_that_is_no_longer_tried_is_told(matrix):
    before = proof()
    after = replace(before, outcomes=before.outcomes[:1])
    shown = page(after, matrix, differences(kept(before), after))
    assert "(pas essayé)" in shown
