"""Statuses, offices, checks, lists and the register's files: every wrong reference is told at its place."""

from __future__ import annotations

import pytest

from mist_connector.declared.checks import declare_checks
from mist_connector.declared.offices import declare_offices, office_choices
from mist_connector.declared.reading import Source
from mist_connector.declared.register_file import declare_register
from mist_connector.declared.statuses import declare_statuses, status_choices
from mist_connector.declared.sync_file import declare_sync
from mist_connector.declared.vocabularies import declare_vocabularies

RULES = ("M01", "M06", "C08")
STATUSES = """requirements:
  attested:
    rule: M01
    holds: {is_set: attested_on}
    otherwise: {fr: il manque une date, en: a date is missing}
  signed:
    rule: M06
    holds: {exists: signatures, where: [{field: document, equals: bylaws}], time: happened}
    otherwise: {fr: il manque une signature, en: a signature is missing}
statuses:
  - {id: member, label: {fr: Membre, en: Member}, requires: [attested, signed]}
  - {id: candidate, label: {fr: Candidate, en: Candidate}, leads_to: member, requires: [attested]}
"""
OFFICES = """offices:
  - id: delegate
    label: {fr: Déléguée, en: Delegate}
    months: {value: 6, rule: M01}
    seats: {value: 2, rule: M01}
    requires_status: {value: member, rule: M01}
"""
CHECKS = """checks:
  - id: agreement_ends
    severity: reminder
    rule: C08
    days: 30
    fr: "finit le {until}"
    en: "ends on {until}"
    mend: {fr: faites signer, en: have it signed}
"""
VOCABULARIES = """vocabularies:
  scopes:
    - {id: association, label: {fr: Association, en: Association}, rule: M01}
    - {id: active, label: {fr: Groupe, en: Group}}
"""


def _told(declare, text, *more):
    problems = []
    value = declare(Source("f.yaml", text), *more, problems)
    # What leads nowhere is told and lets the other files be looked at: `declare` refuses it all the same.
    assert problems or value is not None
    return [str(problem).replace("\N{NO-BREAK SPACE}", " ") for problem in problems]


@pytest.fixture
def statuses():
    return declare_statuses(Source("f.yaml", STATUSES), RULES, [])


def test_statuses_are_tried_in_the_order_of_the_file_and_shown_in_the_contrary(statuses):
    assert [status.id for status in statuses] == ["member", "candidate"]
    assert [requirement.rule for requirement in statuses[0].requires] == ["M01", "M06"]
    assert [choice.id for choice in status_choices(statuses)] == ["candidate", "member"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rule: M06", "rule: M60", "f.yaml:7:11: règle inconnue « M60 » — vouliez-vous dire « M06 » ?"),
        ("[attested, signed]", "[atested, signed]", "f.yaml:11:62: exigence inconnue « atested »"),
        ("[attested, signed]", "[attested]", "f.yaml:6:3: aucun statut ne demande « signed »"),
        ("leads_to: member", "leads_to: membre", "f.yaml:12:70: statut inconnu « membre »"),
        ("id: candidate", "id: member", "f.yaml:12:10: statut « member » déjà défini"),
        ("attested_on}", "atested_on}", "fait inconnu « atested_on » dans la condition"),
        ("exists: signatures", "exists: signature", "fait inconnu « signature » dans la condition"),
        ("field: document,", "field: documents,", "fait inconnu « documents » dans la condition"),
        ("time: happened", "time: in_force", "fait inconnu « since » dans la condition"),
    ],
)
def test_what_is_wrong_with_statuses_is_told(old, new, told):
    assert STATUSES.count(old) == 1
    problems = _told(declare_statuses, STATUSES.replace(old, new), RULES)
    assert any(told in problem for problem in problems), problems


def test_offices_are_read_and_are_a_closed_list(statuses):
    offices = declare_offices(Source("f.yaml", OFFICES), RULES, statuses, [])
    assert [(choice.id, choice.label.fr) for choice in office_choices(offices)] == [("delegate", "Déléguée")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("months: {value: 6, rule: M01}", "months: {value: 6, rule: M99}", "règle inconnue « M99 »"),
        ("months: {value: 6,", "months: {value: 0,", "au moins 1"),
        ("value: member", "value: membr", "« membr » — vouliez-vous dire « member » ?"),
    ],
)
def test_what_is_wrong_with_offices_is_told(statuses, old, new, told):
    problems = _told(declare_offices, OFFICES.replace(old, new), RULES, statuses)
    assert any(told in problem for problem in problems), problems


def test_an_office_declared_twice_is_told(statuses):
    again = OFFICES + OFFICES.removeprefix("offices:\n")
    assert _told(declare_offices, again, RULES, statuses) == ["f.yaml:7:9: mandat « delegate » déjà défini"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rule: C08", "rule: C80", "f.yaml:4:11: valeur inconnue « C80 » — vouliez-vous dire « C08 » ?"),
        ("    days: 30\n", "", "le contrôle « agreement_ends » demande « days »"),
        ("    days: 30\n", "    days: 30\n    status: member\n", "ne prend pas « status »"),
        ("le {until}", "le {untill}", "mot inconnu entre accolades « untill »"),
        ("le {until}", "le {until:>9}", "mot inconnu entre accolades « until:>9 »"),
        ("le {until}", "le {until.day}", "mot inconnu entre accolades « until.day »"),
        ("le {until}", "le {until", "mot inconnu entre accolades"),
        ("le {until}", "le {}", "mot inconnu entre accolades"),
        ("id: agreement_ends", "id: agreement_end", "valeur inconnue « agreement_end »"),
    ],
)
def test_what_is_wrong_with_checks_is_told(statuses, old, new, told):
    problems = _told(declare_checks, CHECKS.replace(old, new), RULES, statuses)
    assert any(told in problem for problem in problems), problems


def test_closed_lists_are_read_with_those_of_other_files(statuses):
    derived = {"statuses": status_choices(statuses)}
    lists = declare_vocabularies(Source("f.yaml", VOCABULARIES), RULES, derived, [])
    assert set(lists) == {"scopes", "statuses"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("scopes:", "statuses:", "f.yaml:2:3: la liste « statuses » vient d’un autre fichier"),
        ("id: active", "id: association", "f.yaml:4:12: entrée « association » déjà définie"),
        ("rule: M01", "rule: M00", "f.yaml:3:74: règle inconnue « M00 »"),
    ],
)
def test_what_is_wrong_with_closed_lists_is_told(old, new, told):
    problems = _told(declare_vocabularies, VOCABULARIES.replace(old, new), RULES, {"statuses": ()})
    assert any(told in problem for problem in problems), problems


REGISTER = """files:
  - file: votes
    model: vote
    columns: {person: Personne, outcome: Résultat, "on": Le}
    key: [person, outcome, "on"]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("model: vote", "model: voto", "f.yaml:3:12: modèle inconnu « voto » — vouliez-vous dire « vote » ?"),
        ("outcome: Résultat", "result: Résultat", "f.yaml:4:33: champ inconnu « result »"),
        ("key: [person, outcome,", "key: [person, out,", "f.yaml:5:19: ce n’est pas une colonne : « out »"),
    ],
)
def test_what_is_wrong_with_the_files_of_the_register_is_told(mappings, old, new, told):
    problems = _told(declare_register, REGISTER.replace(old, new), mappings.blueprint)
    assert any(told in problem for problem in problems), problems


def test_what_a_sync_keeps_to_is_read_strictly():
    text = "sync: {most_people: 20, most_percent: 33, contact_may_have: [name]}"
    known = (("silent", "no_card"), ("direction",), ("C02",))
    assert declare_sync(Source("f.yaml", text), *known, []).exceeded(21, 60)
    assert _told(declare_sync, text.replace("33", "101"), *known)
    assert _told(declare_sync, text.replace("most_people", "most_persons"), *known)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[silent]", "[silence]", "constat inconnu « silence » — vouliez-vous dire « silent » ?"),
        ("whom: accompanying", "whom: board", "destinataire inconnu « board »"),
        ("otherwise: direction", "otherwise: accompanying", "« otherwise » est une fonction"),
        ("[no_card]", "[silent]", "constat « silent » confié deux fois"),
    ],
)
def test_whom_a_sync_tells_of_what_must_exist(old, new, told):
    text = """sync:
  most_people: 20
  most_percent: 33
  contact_may_have: [name]
  reminders:
    days: {error: 7, warning: 30, reminder: 30}
    forget_after: 60
    told: [{whom: accompanying, findings: [silent]}, {whom: direction, findings: [no_card]}]
    otherwise: direction
"""
    known = (("silent", "no_card"), ("direction",), ("C02",))
    assert declare_sync(Source("f.yaml", text), *known, []).reminders.forget_after == 60
    problems = _told(declare_sync, text.replace(old, new), *known)
    assert any(told in problem.replace("\xa0", " ") for problem in problems), problems
