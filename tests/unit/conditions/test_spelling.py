"""How conditions are spelled: one form each, only what goes with it, and every mistake told at its place."""

from __future__ import annotations

from datetime import date

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.conditions.forms import AllOf, AnyOf, Day, Exists, IsSet, Mine, OneOf, Wanted
from mist_connector.conditions.lapse import Lapse
from mist_connector.conditions.relations import relations
from mist_connector.conditions.spelling import Condition, condition
from mist_connector.conditions.timing import Age, During, Happened, InForce, Timing
from mist_connector.declared.everything import declare
from mist_connector.declared.reading import read
from mist_connector.declared.source import Source
from mist_connector.errors import DeclarationError
from mist_connector.strict import Strict


class One(Strict):
    is_it: Condition


def told(text):
    problems = []
    assert read(Source("f.yaml", text), One, problems) is None
    return [str(each).replace("\N{NO-BREAK SPACE}", " ") for each in problems]


ONE = "une condition a une forme, et une seule"
WRONG = [
    ("{}", "f.yaml:1:1", ONE),
    ("{is_set: a, field: b}", "f.yaml:1:1", ONE),
    ("{field: a}", "f.yaml:1:1", "« field » va avec « equals », ou avec « in »"),
    ("{field: a, equals: b, in: [c]}", "f.yaml:1:1", "« field » va avec « equals », ou avec « in »"),
    ("{field: a, in: []}", "f.yaml:1:19", "valeur refusée"),
    ("{field: a, in: [b, me]}", "f.yaml:1:1", "« me » va avec « equals »"),
    ("{is_set: a, equals: b}", "f.yaml:1:20", "clé inconnue « equals »"),
    ("{is_set: a, where: [{is_set: b}]}", "f.yaml:1:20", "clé inconnue « where »"),
    ("{is_set: a, within: {days: 1}}", "f.yaml:1:20", "clé inconnue « within »"),
    ("{exists: a, whre: []}", "f.yaml:1:20", "vouliez-vous dire « where »"),
    ("{exists: a, at: b}", "f.yaml:1:1", "« at » va avec les temps"),
    ("{exists: a, time: overlaps, at: b}", "f.yaml:1:1", "« at » va avec les temps"),
    ("{exists: a, time: in_force, within: {days: 1}}", "f.yaml:1:1", "« within » et « before » vont avec"),
    ("{exists: a, time: sometime}", "f.yaml:1:26", "valeur inconnue « sometime »"),
    ("{exists: a, where: [{is_set: 3}]}", "f.yaml:1:37", "on attend ici un texte"),
    ("{exists: a, after: [{none: b}]}", "f.yaml:1:1", "« after » prend des conditions « exists »"),
    ("{all: [{is_set: a}, {any: [{oops: b}]}]}", "f.yaml:1:35", ONE),
    ("{day: 2026-01-01}", "f.yaml:1:1", "« day » va avec « within » ou « before »"),
    ("{not: {is_set: a, decided: Q01.all_members}}", "f.yaml:1:9", "« decided » va dans une liste"),
    ("{named: nobody}", "f.yaml:1:1", "condition inconnue « nobody »"),
    ("{lasts: {start: a, end: b, months: Q99.months}}", "f.yaml:1:1", "nombre inconnu « Q99.months »"),
]


@pytest.mark.parametrize(("written", "place", "sentence"), WRONG)
def test_what_is_wrong_with_a_condition_is_told_at_its_place(written, place, sentence):
    [problem] = told(f"is_it: {written}")
    assert problem.startswith(f"{place}: ")
    assert sentence in problem


RIGHT = [
    ({"field": "state", "in": ["open", "past"]}, OneOf("state", ("open", "past"))),
    ({"field": "elected", "equals": True}, OneOf("elected", (True,))),
    ({"field": "user", "equals": "me"}, Mine("user")),
    (
        {"day": date(2026, 1, 1), "within": {"days": 1}, "at": "on"},
        Day(date(2026, 1, 1), Age(Lapse(days=1)), "on"),
    ),
    (
        {"exists": "a", "time": "happened", "at": "since", "before": {"months": 1}, "same": ["b"]},
        Exists(Wanted("a", (), Timing(Happened("since", Age(None, Lapse(months=1))), (), ("b",)))),
    ),
    (
        {"exists": "a", "time": "in_force", "after": [{"exists": "b", "time": "during"}]},
        Exists(Wanted("a", (), Timing(InForce(), (Wanted("b", (), Timing(During("since"))),)))),
    ),
    ({"all": [{"is_set": "a"}, {"any": []}]}, AllOf((IsSet("a"), AnyOf(())))),
]


@pytest.mark.parametrize(("written", "form"), RIGHT)
def test_a_spelling_is_read_as_its_form(written, form):
    assert condition(written) == form


def test_a_condition_knows_what_it_looks_at():
    earlier = {"exists": "signatures", "after": [{"exists": "departures"}]}
    both = condition({"any": [{"exists": "person.steps"}, {"not": earlier}]})
    assert relations(both) == {"person", "signatures", "departures"}


# --- named conditions, in every file ------------------------------------------------------------------------


def changed(name, old, new):
    sources = dict(load_sources(None))
    text = sources[name].text
    assert text.count(old) == 1
    sources[name] = Source(name, text.replace(old, new))
    return sources


def problems_of(sources):
    with pytest.raises(DeclarationError) as refused:
        declare(sources)
    return [str(each).replace("\N{NO-BREAK SPACE}", " ") for each in refused.value.problems]


def test_a_condition_declared_in_one_file_is_named_in_another():
    sources = changed("statuses.yaml", "holds: {is_set: attested_on}", "holds: {named: attested}")
    text = sources["expectations.yaml"].text
    named = "conditions:\n  attested: {is_set: attested_on}\n"
    sources["expectations.yaml"] = Source("expectations.yaml", named + text)
    requirements = declare(sources).provisions.requirements
    assert next(each for each in requirements if each.rule == "M01").holds == IsSet("attested_on")


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ("", "condition inconnue « attested »"),
        ("conditions: {attested: {named: attested}}\n", "se nomme elle-même"),
        ("conditions: {attested: {named: other}, other: {named: attested}}\n", "se nomme elle-même"),
        ("conditions: {attested: {is_set: atested_on}}\n", "fait inconnu « atested_on »"),
        ("conditions: {attested: {oops: 1}}\n", "la condition « attested » est incorrecte"),
        (
            "conditions: {attested: {is_set: attested_on}, active: {is_set: status}}\n",
            "« active » déjà définie",
        ),
    ],
)
def test_a_name_that_says_nothing_is_told_where_it_is_used_or_declared(declared, sentence):
    sources = changed("statuses.yaml", "holds: {is_set: attested_on}", "holds: {named: attested}")
    sources["statuses.yaml"] = Source("statuses.yaml", declared + sources["statuses.yaml"].text)
    assert any(sentence in each for each in problems_of(sources)), problems_of(sources)
