"""Mistakes in `assembly.yaml` are told with their place, and nothing in it is invented."""

from __future__ import annotations

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.assembly import declare_assembly
from mist_connector.declared.reading import Source
from mist_connector.errors import MistError
from mist_connector.work.assembly.plan import agenda


@pytest.fixture(scope="module")
def text():
    return load_sources(None)["assembly.yaml"].text


@pytest.fixture
def problems_of(delivered):
    def problems(text):
        found = []
        known = (delivered.provisions.statuses, delivered.provisions.offices)
        rules = [rule.id for rule in delivered.bylaws.rules]
        declare_assembly(Source("assembly.yaml", text), delivered.bylaws.decisions, rules, known, found)
        return [(problem.place.line, problem.what) for problem in found]

    return problems


def test_what_the_statutes_say_is_not_invented(delivered, problems_of, text):
    assert problems_of(text) == []
    said = delivered.assembly.statutes.model_dump()
    assert {key: value for key, value in said.items() if value is not None} == {"decision": "Q22"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("statuses: [active, member", "statuses: [actives, member", "statut « actives » inexistant"),
        ("all_members: [active, member]", "all_members: [active, left]", "« left »"),
        ("      all_members: [active, member]\n", "", "all_members"),
        ("rule: B07", "rule: B99", "règle « B99 »"),
        ("office: delegate", "office: delegates", "mandat « delegates »"),
        ("kind: presentation, office: delegate", "kind: presentation", "office"),
        ("decision: Q22", "decision: Q99", "décision « Q99 »"),
        (
            "quorum: null\n    majority",
            "quorum: {numerator: 0, denominator: 3, counts: present}\n    majority",
            "0",
        ),
        ("proxies: null\n\n", "proxies: 2\n\n", "2"),
    ],
)
def test_a_mistake_is_told(problems_of, text, old, new, said):
    assert text.count(old) == 1
    found = problems_of(text.replace(old, new))
    assert any(said in what.replace("\xa0", " ") for _line, what in found), found


def test_an_agenda_begins_with_what_always_comes(delivered):
    found = agenda(delivered.assembly, ["board"], ["Rapport|Report"])
    assert [(item.kind, item.office, item.secret) for item in found] == [
        ("presentation", "delegate", False),
        ("election", "spokesperson", True),
        ("election", "board", True),
        ("resolution", None, False),
    ]


@pytest.mark.parametrize(("extra", "titles"), [(["bord"], []), ([], ["Rapport"]), ([], ["|Report"])])
def test_an_item_that_is_not_known_or_lacks_a_language_is_refused(delivered, extra, titles):
    with pytest.raises(MistError):
        agenda(delivered.assembly, extra, titles)
