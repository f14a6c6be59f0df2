"""What is printed for an assembly, and told of it outside: nobody is named who did not agree."""

from __future__ import annotations

from datetime import date

import pytest

from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.documents.assembly_sheets import (
    Expected,
    attendance_sheet,
    ballot_papers,
    outside_minutes,
)
from mist_connector.documents.catalogue import CONTENTS, compiled
from mist_connector.documents.sample import sample
from mist_connector.errors import CrmError
from mist_connector.work.assembly.assemblies import AssemblyRecord, CandidacyRecord, ItemRecord
from mist_connector.work.assembly.papers import ballots, ruled, standing
from mist_connector.work.papers.dispatch import create_dispatches
from mist_connector.work.papers.templates import load_templates

RULES, TEMPLATES = declared(), load_templates(None)
DAY = date(2026, 11, 24)
TYPED = "Exclusion de Madame Inventée"
TODAY = date(2026, 11, 1)


def item(**changes):
    blank = dict.fromkeys(("id", "ballots", "blank", "votes_for", "votes_against", "position"), 0) | {
        "secret": True,
        "second_round": False,
        "voted_at": "",
        "state": None,
        "reason": "",
        "paper": "",
        "follow_up": "",
    }
    values = {**blank, "title": Text(fr=TYPED, en=TYPED), "kind": "resolution", "office": None}
    return ItemRecord(**{**values, "due_on": None, "candidacies": (), **changes})


@pytest.fixture
def assembly():
    stand = [
        CandidacyRecord(1, "P-0000-0001", TODAY, 20, elected=True, mandate=None),
        CandidacyRecord(2, "P-0000-0002", TODAY, 18, elected=True, mandate=None),
        CandidacyRecord(3, "P-0000-0003", None, 0, elected=False, mandate=None),
    ]
    election = item(kind="election", office="spokesperson", state="elected", candidacies=tuple(stand))
    items = (item(kind="information"), item(state="adopted", follow_up=TYPED), election)
    values = dict.fromkeys(AssemblyRecord.__dataclass_fields__, "")
    values |= {"id": 1, "on": DAY, "items": items, "invitees": ()}
    return AssemblyRecord(**values)


def page(key, content):
    return compiled(RULES, key, TEMPLATES).render(content, language="fr").text


def test_ballot_papers_name_who_agreed_and_give_a_letter_to_the_others(assembly):
    found = ballots(assembly, {"P-0000-0002": "Exemple B."})
    words = page("ballot_paper", ballot_papers(found, subject=Text(fr="x", en="x"), language="fr"))
    assert "A. Exemple B." in words
    assert "La personne annoncée sous la lettre B" in words
    assert "lettre C" not in words
    assert "P-0000" not in words


def test_only_candidates_who_accepted_stand_on_a_ballot(assembly):
    assert [each.choices for each in ballots(assembly, {})] == [None, [None, None]]
    assert standing(assembly) == ("P-0000-0001", "P-0000-0002", "P-0000-0003")


def test_minutes_for_outside_hold_no_word_that_somebody_typed_and_no_figure(assembly):
    told = ruled(assembly, RULES, {"P-0000-0001": "Exemple A."})
    content = outside_minutes(DAY, told, quorum=None, subject=Text(fr="x", en="x"), language="fr")
    words = page("outside_minutes", content)
    assert "Exemple A." in words
    assert TYPED not in words
    assert "Adoptée" in words
    assert not {"20", "18", "38"} & set(words.split())


def test_an_attendance_sheet_is_in_the_order_of_names():
    people = [Expected(name, name, votes=True) for name in ("Zoé", "Émilie", "amina", "Fatou", "Béa")]
    content = attendance_sheet(DAY, "14:00", people, subject=Text(fr="x", en="x"), language="fr")
    assert [row.name.value for row in content.people] == ["amina", "Béa", "Émilie", "Fatou", "Zoé"]


@pytest.mark.parametrize("key", CONTENTS)
def test_a_document_is_handed_to_the_mail_queue_only_where_its_declaration_says_so(key):
    content = sample(RULES, key, on=DAY, language="fr")
    rendered = compiled(RULES, key, TEMPLATES).render(content, language="fr")
    declaration = RULES.documents.document(key)
    assert rendered.mailed == bool(declaration.recipients)
    if not rendered.mailed:
        with pytest.raises(CrmError, match="jamais par courriel"):
            create_dispatches(None, key, [], rendered={"fr": rendered}, ids={})
