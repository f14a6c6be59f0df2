"""What the bylaws forbid to refuse: mappings that would refuse it are refused themselves."""

from __future__ import annotations

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.source import Source
from mist_connector.errors import DeclarationError

HOOKS = "blueprint/hooks.yaml"
HOOK = """  - key: nobody_leaves
    model: {model}
    requirement:
      rule: {rule}
      holds: {{is_set: "on"}}
      otherwise: {{fr: non., en: no.}}
"""


def _problems(change):
    sources = load_sources(None)
    delivered = sources[HOOKS]
    sources[HOOKS] = Source(delivered.name, change(delivered.text))
    with pytest.raises(DeclarationError) as refused:
        declare(sources)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(("model", "rule"), [("departure", "M12"), ("attendance", "ACT02")])
def test_a_hook_on_leaving_or_on_attending_is_refused_with_its_place_and_the_rule(model, rule):
    [problem] = _problems(lambda text: text + HOOK.format(model=model, rule=rule))
    assert f"interdit de refuser une écriture sur «\xa0{model}\xa0»" in problem
    assert HOOKS in problem
    assert "expectations.yaml" in problem


def test_freedom_names_models_and_rules_that_exist():
    [problem] = _problems(
        lambda text: text.replace("{rule: ACT02, model: attendance}", "{rule: ACT02, model: atendance}")
    )
    assert "attendance" in problem
    [problem] = _problems(
        lambda text: text.replace("{rule: ACT02, model: attendance}", "{rule: ACT99, model: attendance}")
    )
    assert "ACT99" in problem


def test_leaving_a_group_and_coming_to_a_talk_group_are_free(mappings):
    free = {(each.rule, each.model) for each in mappings.blueprint.free}
    assert {("M12", "departure"), ("AL01", "departure"), ("ACT02", "attendance")} <= free
    assert not {hook.model for hook in mappings.blueprint.hooks} & {model for _, model in free}
