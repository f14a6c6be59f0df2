"""Mistakes in `documents.yaml` are told with their place."""

from __future__ import annotations

import pytest

from mist_connector.bylaws.statuses import StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.documents import declare_documents
from mist_connector.declared.reading import Source

RULES = [rule.id for rule in declared().bylaws.rules]
STATUSES = [
    StatusRule(id=key, label=Text(fr=key, en=key), requires=()) for key in ("active", "member", "provisional")
]


def problems_of(text):
    problems = []
    declare_documents(Source("documents.yaml", text), RULES, STATUSES, problems)
    return [(problem.place.line, problem.what) for problem in problems]


@pytest.fixture(scope="module")
def delivered():
    return load_sources(None)["documents.yaml"].text


def test_the_delivered_file_is_sound(delivered):
    assert problems_of(delivered) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("audience: members", "audience: membres", "il n’existe pas de public « membres »"),
        ("[G01, V06", "[G99, V06", "il n’existe pas de règle « G99 »"),
        ("recipients: [active", "recipients: [actives", "il n’existe pas de statut « actives »"),
        ("languages: [fr, en]", "languages: [fr, de]", "il n’existe pas de langue « de »"),
        (
            "one_for: {left: active}",
            "one_for: {left: active, has: [active]}",
            "une seule réponse est possible",
        ),
        ("one_for: {has: [active,", "one_for: {has: [actif,", "il n’existe pas de statut « actif »"),
        ("tier: common", "tier: commun", "valeur inconnue « commun »"),
        ("minimum: 11", "minimum: 1", "valeur refusée « 1 »"),
        ("fr: Nouvelles de l’association", 'fr: "a\\nBcc: x@example.org"', "tient sur une ligne"),
    ],
)
def test_a_mistake_is_told_on_its_line(delivered, old, new, said):
    assert old in delivered
    line = delivered[: delivered.index(old)].count("\n") + 1
    [(where, what)] = problems_of(delivered.replace(old, new, 1))
    assert said in what.replace("\xa0", " ")
    assert where == line


@pytest.mark.parametrize(
    ("old", "new", "said", "marked"),
    [
        ("    delivery: mail\n", "", "un document imprimé n’a pas de destinataires", "- id: assembly_report"),
        ("audience: members", "audience: direction", "ne part jamais par courriel", "    delivery: mail"),
        ("    recipients: [active, member, provisional]\n", "", "sans destinataires", "    delivery: mail"),
    ],
)
def test_what_may_not_be_mailed_is_told_where_its_delivery_stands(delivered, old, new, said, marked):
    changed = delivered.replace(old, new, 1)
    [(where, what)] = problems_of(changed)
    assert said in what
    assert where == changed[: changed.index(marked)].count("\n") + 1


BESIDE_NOTICE, BESIDE_REPORT = "beside: [proxy]", "beside: [access_letter]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (BESIDE_NOTICE, "beside: [proxi]", "il n’existe pas de document « proxi »"),
        (BESIDE_NOTICE, "beside: [programme]", "« programme » part déjà par courriel, seul"),
        (BESIDE_NOTICE, "beside: [welcome_letter]", "« welcome_letter » est fait pour une personne"),
        (BESIDE_NOTICE, "beside: [proxy, outside_minutes]", "un courriel porte une pièce jointe au plus"),
        (BESIDE_NOTICE, "beside: [attendance_sheet]", "rien ne dit où l’obtenir"),
        ("  tier: common\n  largest", "  tier: register\n  largest", "ne part jamais par courriel"),
        ("largest_bytes: 100000", "largest_bytes: 0", "valeur refusée « 0 »"),
        (
            "    rules: [B07, C02]\n    languages: [fr, en]",
            "    rules: [B07, C02]\n    languages: [fr]",
            "n’existe pas dans chaque langue de ce courriel",
        ),
        (
            "    subject: {fr: À remplir",
            "    beside: [active_form]\n    subject: {fr: À remplir",
            "qui ne part pas par courriel",
        ),
    ],
)
def test_what_may_not_go_with_a_mail_is_told(delivered, old, new, said):
    assert delivered.count(old) == 1
    [(where, what)] = problems_of(delivered.replace(old, new))
    assert said in what.replace("\xa0", " ")
    assert where > 0


def test_the_tier_of_a_paper_decides_whether_it_is_attached(delivered):
    problems = []
    file = declare_documents(Source("documents.yaml", delivered), RULES, STATUSES, problems)
    notice, report = file.document("assembly_notice"), file.document("assembly_report")
    assert [each.id for each in file.beside(notice, attached=True)] == ["proxy"]
    assert file.beside(notice, attached=False) == ()
    assert file.beside(report, attached=True) == ()
    assert [each.id for each in file.beside(report, attached=False)] == ["access_letter"]
