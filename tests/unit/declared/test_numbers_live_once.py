"""A number of the bylaws lives once: no sentence says one that stands beside it in the mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import CommonFacts, Meeting
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.reading import parse
from mist_connector.declared.setting import with_settings
from mist_connector.declared.tree import Entries, Items, Scalar
from mist_connector.errors import DeclarationError, MistError

# Files whose sentences say what the mappings set; rules, texts and decisions quote the bylaws themselves.
FILES = (
    "agenda.yaml", "assembly.yaml", "blueprint/actions.yaml", "blueprint/hooks.yaml", "checks.yaml",
    "expectations.yaml", "offices.yaml", "statuses.yaml", "sync.yaml",
)  # fmt: skip
_UNITS = r"(mois|jours?|semaines?|ans?|ann[ée]es?|months?|days?|weeks?|years?)"
_WORDS = (
    r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|trente|soixante|"
    r"a|one|two|three|four|five|seven|eight|nine|ten|eleven|twelve|thirty|sixty|\d+"
)
SPAN = re.compile(rf"(?<![\w{{=])(?:{_WORDS}) {_UNITS}\b", re.IGNORECASE)


def sentences(node, path=()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, Entries):
        for key, below in node.nodes.items():
            yield from sentences(below, (*path, key))
    elif isinstance(node, Items):
        for place, below in enumerate(node.nodes):
            yield from sentences(below, (*path, str(place)))
    elif isinstance(node, Scalar) and isinstance(node.value, str) and path[-1] in {"fr", "en"}:
        yield path, node.value


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_says_a_span_that_stands_beside_it(name):
    root = parse(load_sources(None)[name], []).root
    said = [(".".join(path), text) for path, text in sentences(root) if SPAN.search(text)]
    assert said == []


@pytest.fixture(scope="module")
def changed():
    numbers = ("assembly.months=9", "agreement.months=7", "mandate.months=3")
    return declare(with_settings(load_sources(None), numbers))


def expectation(declared, wanted):
    return declared.provisions.expectation(wanted)


def test_the_time_between_assemblies_changes_every_verdict_and_every_sentence(changed):
    assert changed.assembly.every.value == 9
    late = expectation(changed, "assembly_late")
    held = CommonFacts(assemblies=(Meeting(date(2026, 3, 24), "past"),))
    for declared, is_late in ((changed, False), (declare(load_sources(None)), True)):
        verdicts = decide_all([], declared.provisions, on=date(2026, 11, 24), common=held)
        assert ("assembly_late" in {each.check for each in verdicts.offices}) is is_late
    assert "9 mois" in late.fr
    assert "9 months" in late.en


def test_the_validity_of_an_agreement_changes_every_verdict_and_every_sentence(changed):
    assert expectation(changed, "agreement_too_long").holds.months == 7
    [hook] = [each for each in changed.blueprint.hooks if each.key == "agreement_for_a_time"]
    assert hook.requirement.holds.months == 7
    assert "7 mois" in hook.requirement.otherwise.fr
    assert "7 months" in hook.requirement.otherwise.en


def test_the_length_of_a_mandate_changes_every_verdict_and_every_sentence(changed):
    hooks = {each.key: each.requirement for each in changed.blueprint.hooks}
    for office in ("delegate", "spokesperson"):
        assert changed.provisions.office(office).months.value == 3
        assert hooks[f"{office}_months"].holds.months == 3
        assert "3 mois" in hooks[f"{office}_months"].otherwise.fr
    assert "3 mois" in expectation(changed, "assembly_not_planned").fr


def test_a_short_name_that_is_nearly_one_is_suggested():
    with pytest.raises(MistError) as refusal:
        with_settings(load_sources(None), ["mandate.month=12"])
    assert "mandate.months" in refusal.value.todo


def test_a_path_that_leads_to_no_number_is_named():
    sources = with_settings(load_sources(None), ["expectations.no_news.fr='{=assembly.evry.value} mois'"])
    with pytest.raises(DeclarationError) as refusal:
        declare(sources)
    assert "assembly.evry.value" in str(refusal.value)
