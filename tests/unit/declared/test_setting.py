"""Values set without touching a file: found by their path, checked as if they were written."""

from __future__ import annotations

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.setting import all_paths, short_names, with_settings
from mist_connector.errors import DeclarationError, MistError


def _declared(*settings):
    return declare(with_settings(load_sources(None), settings))


def _problems(*settings):
    with pytest.raises(DeclarationError) as refused:
        _declared(*settings)
    return refused.value.problems


@pytest.mark.parametrize("name", ["offices.delegate.months.value", "offices.offices.delegate.months.value"])
def test_a_path_may_leave_out_the_key_that_the_whole_file_stands_under(name):
    assert _declared(f"{name}=12").provisions.office("delegate").months.value == 12


def test_a_short_name_sets_every_value_that_it_stands_for():
    provisions = _declared("mandate.months=12", "board.max=11").provisions
    assert provisions.office("delegate").months.value == 12
    assert provisions.office("spokesperson").months.value == 12
    assert provisions.office("board").seats.value == 11


def test_every_short_name_leads_to_values_that_there_are():
    sources = load_sources(None)
    known = set(all_paths(sources))
    assert {path for paths in short_names(sources).values() for path in paths} <= known


@pytest.mark.parametrize(
    ("setting", "check"),
    [
        ("blueprint/hooks.vote_before_exclusion.requirement.rule=AX04", lambda d: _hook(d).rule == "AX04"),
        ("rules/delegues.DEL11.level=WARN", lambda d: d.bylaws.rule("DEL11").level == "WARN"),
        ("person.tier=personal", None),
        ("checks.inactive=null", lambda d: d.provisions.check("inactive") is None),
        ("sync.most_people=3", lambda d: d.sync.most_people == 3),
        (
            "offices.spokesperson.apart_from=null",
            lambda d: d.provisions.office("spokesperson").apart_from is None,
        ),
        (
            "statuses.candidate.requires.+=attested",
            lambda d: len(d.provisions.status("candidate").requires) == 3,
        ),
    ],
)
def test_any_value_of_any_file_may_be_set_and_is_checked_as_if_written(setting, check):
    if check is None:
        assert _problems(setting)  # the matrix refuses it
    else:
        assert check(_declared(setting))


def _hook(declared):
    return next(each.requirement for each in declared.blueprint.hooks if each.key == "vote_before_exclusion")


def test_a_wrong_step_is_told_at_its_place_with_the_nearest_name():
    [problem] = _problems("offices.delegat.months.value=12")
    assert problem.place.file.endswith("offices.yaml")
    assert "delegat" in problem.what
    assert "delegate" in problem.hint
    [problem] = _problems("offices.delegate.month.value=12")
    assert "months" in problem.hint
    assert problem.place.line > 1


def test_a_new_key_is_refused_by_the_shape_of_its_file():
    [problem] = _problems("offices.delegate.monthz=12")
    assert "monthz" in problem.what
    assert "months" in problem.hint


def test_a_wrong_value_is_told_at_the_place_of_the_value_that_it_replaces():
    [problem] = _problems("offices.delegate.months.value=douze")
    delivered = load_sources(None)["offices.yaml"].text.splitlines()
    assert "months: {value: 6, rule: DEL11}" in delivered[problem.place.line - 1]


@pytest.mark.parametrize("setting", ["office.delegate.months.value=12", "nowhere=1", "offices=1"])
def test_a_path_of_no_file_is_refused_with_a_suggestion(setting):
    with pytest.raises(MistError, match="Aucune valeur") as refused:
        _declared(setting)
    assert refused.value.todo


def test_a_setting_without_a_value_and_one_that_is_no_yaml_are_refused():
    with pytest.raises(MistError, match="ne dit pas de valeur"):
        _declared("mandate.months")
    with pytest.raises(DeclarationError):
        _declared("mandate.months=[1")


def test_nothing_set_is_what_is_written():
    assert _declared() == declare(load_sources(None))
