"""No model opens more than the access matrix gives its tier."""

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.reading import Source
from mist_connector.errors import DeclarationError


def broken(path, old, new):
    sources = load_sources(None)
    text = sources[path].text
    assert old in text
    sources[path] = Source(sources[path].name, text.replace(old, new, 1))
    with pytest.raises(DeclarationError) as caught:
        declare(sources)
    return caught.value.problems


def test_a_right_beyond_the_matrix_is_a_problem_at_its_place():
    [problem] = broken(
        "blueprint/models/signature.yaml",
        "staff: [read, write, create]",
        "staff: [read, write, create, delete]",
    )
    assert "dépasse la matrice pour « staff » (register)" in problem.what
    assert problem.place.file.endswith("signature.yaml")


def test_a_matrix_that_gives_less_makes_the_blueprint_too_wide():
    problems = broken("blueprint/models/file.yaml", "tier: personal", "tier: investigation")
    assert {"dépasse la matrice" in problem.what for problem in problems} == {True}


def test_a_model_that_opens_to_fewer_than_the_matrix_says_why_or_is_a_problem():
    problems = broken("blueprint/models/vote.yaml", "    staff: [read, write, create]\n", "")
    short = {each.what for each in problems if "ouvre pas" in each.what}
    assert {what.split("à « ")[1].split(" »")[0] for what in short} == {"staff", "staff_accompanying"}
    assert all(each.place.file.endswith("vote.yaml") for each in problems)


def test_a_reason_for_withholding_what_is_open_is_a_problem():
    reason = '{fr: "essai", en: "test"}'
    [problem] = broken(
        "blueprint/models/vote.yaml", "  access:\n", f"  withheld: {{staff: {reason}}}\n  access:\n"
    )
    assert "« staff » lit ce modèle" in problem.what


@pytest.mark.parametrize("lease", ["staff", "accompanying_staff", "connector"])
def test_an_examination_opens_to_direction_alone(lease):
    path = "blueprint/models/investigation.yaml"
    problems = broken(path, "direction_examines: [read", f"{lease}: [read]\n    direction_examines: [read")
    assert any("(investigation)" in problem.what for problem in problems)


def test_nobody_deletes_an_examination():
    [problem] = broken("blueprint/models/investigation.yaml", "[read, write, create]", "[read, delete]")
    assert "« delete » dépasse la matrice pour « direction » (investigation)" in problem.what


def test_a_lease_for_a_reader_whom_the_matrix_does_not_know_is_a_problem():
    problems = broken("blueprint/crm.yaml", "reader: staff_accompanying", "reader: staff_acompanying")
    assert any(
        "vouliez-vous dire" in problem.hint or "staff_accompanying" in problem.hint for problem in problems
    )
