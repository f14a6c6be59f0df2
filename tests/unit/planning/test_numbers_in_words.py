"""A number of the bylaws that changes is told in words, beside the code that changes with it."""

from __future__ import annotations

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.mappings_source import load_sources
from mist_connector.cli.plan_view import numbers_said, plan_data
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import with_settings
from mist_connector.planning.observed import Observed
from mist_connector.planning.plan import build_plan

SOURCES = load_sources(None)
TODAY = declare(SOURCES)
SHORTER = declare(with_settings(SOURCES, ["mandate.months=3", "assembly.months=4"]))


def plan(wanted, held=None):
    """Return the plan that leads from a CRM that holds some mappings, or none, to others."""
    there = compile_blueprint(held.blueprint) if held else ()
    observed = Observed({record.name: record.in_french() for record in there})
    return build_plan(compile_blueprint(wanted.blueprint), observed)


def test_each_number_that_changes_is_told_with_what_it_was_and_nothing_else_is():
    said = [each.fr for each in numbers_said(plan(SHORTER, TODAY), SHORTER.blueprint.numbers)]
    assert len(said) == 3
    assert sum("dure 3 mois au lieu de 6" in each for each in said) == 2
    assert "une assemblée générale se tient tous les 4 mois au lieu de 6." in said
    english = [each.en for each in numbers_said(plan(SHORTER, TODAY), SHORTER.blueprint.numbers)]
    assert "a general assembly is held every 4 months instead of 6." in english


def test_a_first_plan_and_one_without_another_number_tell_nothing():
    assert numbers_said(plan(TODAY), TODAY.blueprint.numbers) == []
    assert numbers_said(plan(TODAY, TODAY), TODAY.blueprint.numbers) == []


def test_the_json_of_a_plan_tells_them_too():
    data = plan_data(plan(TODAY, SHORTER), TODAY.blueprint.numbers)
    assert any("dure 6 mois au lieu de 3" in sentence for sentence in data["numbers"])
