"""An import creates what is missing and changes what it may; it deletes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mist_connector.errors import Place
from mist_connector.register.difference import dangling, plan_import
from mist_connector.register.observing import ObservedRegister
from mist_connector.register.rows import Row
from mist_connector.register.shifting import shifted

DAY = date(2026, 1, 1)
PLACE = Place("mandates.csv", 2, 1)


@pytest.fixture
def compared(mappings):
    def compare(file, wanted, held):
        observed = ObservedRegister({file: tuple(held)}, {})
        [part] = plan_import({file: tuple(wanted)}, observed, mappings.register).tables
        return part

    return compare


def _mandate(until, **more):
    values = {"person": "P-0000-0001", "office": "delegate", "since": DAY, "until": until}
    return Row(values, PLACE, **more)


def test_what_is_there_already_is_left_as_it_is(compared):
    part = compared("mandates", [_mandate(DAY)], [_mandate(DAY, id=7)])
    assert (part.creates, dict(part.updates), part.kept, part.same) == ((), {}, (), 1)


def test_what_is_missing_is_created_and_what_is_more_is_left(compared):
    more = Row({**_mandate(DAY).values, "person": "P-0000-0002"}, id=8)
    part = compared("mandates", [_mandate(DAY)], [more])
    assert len(part.creates) == 1
    assert not part.updates


def test_a_difference_that_no_import_may_write_is_told(compared):
    part = compared("mandates", [_mandate(DAY)], [_mandate(DAY + timedelta(days=1), id=7)])
    assert (part.creates, dict(part.updates), part.kept) == ((), {}, (PLACE,))


def test_the_end_of_an_accompaniment_is_written_to_the_one_that_is_there(compared):
    values = {"person": "P-0000-0001", "function": "F-0000-0001", "since": DAY}
    wanted, held = Row({**values, "until": DAY}), Row({**values, "until": None}, id=9)
    part = compared("accompaniments", [wanted], [held])
    assert part.creates == ()
    assert part.updates == {9: {"until": DAY}}


def test_a_column_that_the_file_leaves_out_is_left_alone(compared):
    held = Row(
        {"name": "P-0000-0001", "first_name": "A", "last_name": "B", "email": "a@example.invalid"}, id=3
    )
    wanted = Row({"name": "P-0000-0001", "first_name": "A", "last_name": "C"})
    assert compared("people", [wanted], [held]).updates == {3: {"last_name": "C"}}


def test_a_code_that_leads_nowhere_is_told_with_the_one_that_was_meant(mappings):
    wanted = {"mandates": (_mandate(DAY),), "people": (Row({"name": "P-0000-0002"}),)}
    held = ObservedRegister({}, {"person": {"P-0000-000F": 1}, "function": {}})
    [problem] = dangling(wanted, held, mappings.register, mappings.blueprint)
    assert problem.place == PLACE
    assert "P-0000-0001" in problem.what
    assert "P-0000-000" in problem.hint


def test_a_code_may_be_in_the_files_or_in_the_crm(mappings):
    wanted = {"mandates": (_mandate(DAY),), "people": (Row({"name": "P-0000-0001"}),)}
    empty = ObservedRegister({}, {"person": {}, "function": {}})
    there = ObservedRegister({}, {"person": {"P-0000-0001": 1}, "function": {}})
    assert not list(dangling(wanted, empty, mappings.register, mappings.blueprint))
    assert not list(dangling({"mandates": wanted["mandates"]}, there, mappings.register, mappings.blueprint))


def test_an_example_keeps_its_distances_to_today():
    later = DAY + timedelta(days=40)
    moved = shifted({"mandates": (_mandate(DAY),)}, written=DAY, today=later)
    assert moved["mandates"][0].values["until"] == later
    assert moved["mandates"][0].values["person"] == "P-0000-0001"


def _interim(code, replaces, until, **more):
    values = {**_mandate(until).values, "name": code, "replaces": replaces}
    return Row({**values, "since": until}, PLACE, **more)


def test_a_line_may_name_another_of_its_own_file_but_not_one_that_the_crm_knows_otherwise(mappings):
    wanted = {"mandates": (_interim("M-0000-0002", "M-0000-0001", DAY), _interim("M-0000-0001", None, DAY))}
    person = {"person": {"P-0000-0001": 1}, "candidacy": {}, "mandate": {}}
    bare = ObservedRegister({}, person)
    assert not list(dangling(wanted, bare, mappings.register, mappings.blueprint))
    held = ObservedRegister({"mandates": (_interim("M-0000-0009", None, DAY, id=7),)}, person)
    assert [each.place for each in dangling(wanted, held, mappings.register, mappings.blueprint)] == [PLACE]


def test_a_code_left_to_the_crm_is_no_difference(compared):
    held = Row({**_mandate(DAY).values, "name": "M-0000-0001"}, id=7)
    left = Row({**_mandate(DAY).values, "name": None}, PLACE)
    assert compared("mandates", [left], [held]).same == 1
