"""A name shown on another model: its path leads to a text, and never down from a more confidential model."""

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.reading import Source
from mist_connector.errors import DeclarationError

MODELS = "blueprint/models/"
SIGNATURE, FILE = f"{MODELS}signature.yaml", f"{MODELS}file.yaml"
CASES = {
    "a field that is not there": (SIGNATURE, "of: person.called", "of: person.caled", "'caled'"),
    "a link that is not there": (SIGNATURE, "of: person.called", "of: persn.called", "'persn'"),
    "a date": (SIGNATURE, "of: person.called", "of: person.applied_on", "n'est pas un texte"),
    "what is more confidential": (
        f"{MODELS}person.yaml",
        "tier: register",
        "tier: investigation",
        "« person » est plus confidentiel que",
    ),
    "no path": (SIGNATURE, "type: shown, of: person.called", "type: shown", "chemin « of »"),
    "nothing to join": (
        f"{MODELS}person.yaml",
        "      joins: [[name_of_use], [first_name, last_name]]\n",
        "",
        "joins",
    ),
}


@pytest.fixture(scope="module")
def delivered():
    return load_sources(None)


@pytest.mark.parametrize("case", CASES)
def test_a_name_cannot_be_shown_from(delivered, case):
    path, old, new, said = CASES[case]
    source = delivered[path]
    assert source.text.count(old) == 1
    sources = {**delivered, path: Source(source.name, source.text.replace(old, new))}
    with pytest.raises(DeclarationError) as refused:
        declare(sources)
    assert any(said in problem.what for problem in refused.value.problems)
    assert all(problem.place.line > 1 for problem in refused.value.problems if said in problem.what)
