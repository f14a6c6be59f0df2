"""Where a rule is cited: each place of the mappings, under the name that one would look for there."""

from click.testing import CliRunner

from mist_connector.cli.main import mist
from mist_connector.declared.citations import citations
from mist_connector.declared.reading import Source

TEXT = """\
requirements:
  not_excluded:
    rule: X05
hooks:
  - key: membership
    requirement:
      rule: X05
rules:
  - {id: X05, because: [X04, X05]}
"""


def test_each_citation_has_its_line_and_its_entry_and_the_declaration_is_none():
    found = citations({"some.yaml": Source("some.yaml", TEXT)}, "X05")
    assert [(str(each.place), each.entry) for each in found] == [
        ("some.yaml:3:11", "not_excluded"),
        ("some.yaml:7:13", "membership"),
        ("some.yaml:9:30", "X05"),
    ]


def test_every_rule_with_an_effect_is_cited_somewhere_but_one_that_rests_on_others(delivered, mappings):
    effective = [rule.id for rule in mappings.bylaws.rules if rule.implemented_by]
    # A15 asks for what the hooks of M11 and A04 ask for already.
    assert [rule for rule in effective if not list(citations(delivered, rule))] == ["A15"]


def test_explaining_a_rule_says_the_file_and_line_of_its_effects_and_cases():
    shown = CliRunner().invoke(mist, ["explain", "X05"]).output
    assert "mappings/statuses.yaml:" in shown
    assert "tests/cases/statuts.yaml:" in shown
