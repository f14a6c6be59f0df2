"""What only the association settles, as values: which answer is in force, what it lacks, what is open."""

from __future__ import annotations

from dataclasses import replace

from mist_connector.bylaws.decisions import Decision
from mist_connector.cli.declared_mappings import declared

BYLAWS = declared().bylaws


def decision(**values):
    answers = (
        {"id": "some", "fr": "quelques-uns", "en": "some", "needs": {"days": (), "version": ()}},
        {"id": "none", "fr": "aucun", "en": "none"},
    )
    return Decision.model_validate(
        {"id": "Q99", "rules": (), "fr": "f", "en": "e", "answers": answers, "answer": "some", **values},
        strict=False,
    )


def test_what_nobody_settled_is_open():
    settled = decision(decided_by="assemblée inventée")
    bylaws = replace(BYLAWS, decisions=(settled, decision(id="Q98")))
    assert [each.id for each in bylaws.open_decisions] == ["Q98"]
    assert (settled.is_open, decision().is_open) == (False, True)


def test_an_answer_lacks_the_numbers_and_words_that_it_needs_until_somebody_says_them():
    assert decision().lacking == ("days", "version")
    assert decision(numbers={"days": None}, words={"version": None}).lacking == ("days", "version")
    assert decision(numbers={"days": 3}).lacking == ("version",)
    assert decision(numbers={"days": 0, "more": None}, words={"version": "2"}).lacking == ()
    assert decision(answer="none").lacking == ()
    assert decision(answer=None).lacking == ()


def test_what_is_in_force_is_the_answer_chosen_or_what_holds_meanwhile():
    meanwhile = {"fr": "rien", "en": "nothing"}
    assert decision(meanwhile=meanwhile).in_force.en == "some"
    assert decision(answer=None, meanwhile=meanwhile).in_force.fr == "rien"
    assert decision(answer=None).in_force.fr == "aucune réponse en vigueur"
    assert decision(answer=None).in_force.en == "no answer in force"
    assert decision(answer="none").chosen.id == "none"
    assert decision(answer="nonsense").chosen is None
