"""When a fact counts, to the day: at its first and last day, at the edge of a time, beside a record."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mist_connector.conditions.changing import Window, changing
from mist_connector.conditions.holds import holds
from mist_connector.conditions.spelling import condition as spelled

ON = date(2026, 6, 15)


def days(count):
    return None if count is None else ON + timedelta(days=count)


def exists(fact, record=None, on=0, **form):
    condition = spelled({"exists": "facts", **form})
    seen = SimpleNamespace(facts=(fact,), **(record or {}))
    return holds(condition, seen, on=days(on))


@pytest.mark.parametrize(("day", "holding"), [(-1, True), (0, True), (1, False)])
def test_what_has_happened_counts_from_its_own_day_on(day, holding):
    assert exists(SimpleNamespace(on=days(day)), time="happened") is holding


SPANS = [((-1, 1), True), ((0, 0), True), ((1, 2), False), ((-2, -1), False), ((0, None), True)]


@pytest.mark.parametrize(("span", "holding"), [*SPANS, ((1, None), False)])
def test_what_is_in_force_counts_on_its_first_and_on_its_last_day(span, holding):
    term = SimpleNamespace(since=days(span[0]), until=days(span[1]))
    assert exists(term, time="in_force") is holding


@pytest.mark.parametrize(
    ("span", "record", "holding"),
    [
        ((0, 5), (5, 9), True),
        ((0, 4), (5, 9), False),
        ((9, 12), (5, 9), True),
        ((10, 12), (5, 9), False),
        ((0, None), (5, 9), True),
        ((99, None), (5, None), True),
        ((0, 4), (5, None), False),
    ],
)
def test_what_overlaps_shares_at_least_a_day(span, record, holding):
    term = SimpleNamespace(since=days(span[0]), until=days(span[1]))
    mine = {"since": days(record[0]), "until": days(record[1])}
    assert exists(term, mine, time="overlaps") is holding


@pytest.mark.parametrize(
    ("day", "until", "holding"),
    [
        (-10, 9, False),  # the record's own first day
        (-9, 9, True),
        (0, 9, True),
        (1, 9, False),  # to come
        (-2, -1, True),
        (-1, -1, False),  # its last day
        (-1, None, True),
    ],
)
def test_what_happens_during_a_record_lies_between_its_first_and_its_last_day(day, until, holding):
    record = {"since": days(-10), "until": days(until)}
    assert exists(SimpleNamespace(on=days(day)), record, time="during", at="since") is holding


@pytest.mark.parametrize(
    ("lapse", "day", "holding"),
    [
        ({"within": {"days": 3}}, -3, True),
        ({"within": {"days": 3}}, -4, False),
        ({"before": {"days": 3}}, -3, True),
        ({"before": {"days": 3}}, -2, False),
        ({"within": {"months": 1}}, -31, True),
        ({"within": {"months": 1}}, -32, False),
        ({"before": {"days": 3}, "within": {"days": 5}}, -4, True),
        ({"before": {"days": 3}, "within": {"days": 5}}, -6, False),
        ({"before": {"days": -3}}, 3, True),
        ({"before": {"days": -3}}, 4, False),
    ],
)
def test_a_date_is_as_recent_and_as_old_as_is_asked_to_the_day(lapse, day, holding):
    fact = SimpleNamespace(on=days(day))
    assert exists(fact, **lapse) is holding
    dated = spelled({"dated": "on", **lapse})
    assert holds(dated, fact, on=ON) is holding
    assert holds(dated, SimpleNamespace(on=None), on=ON) is False


def test_a_fact_counts_from_a_day_of_the_record_where_it_is_asked_for_and_not_without_one():
    fact = SimpleNamespace(on=days(-5))
    for at, holding in ((-6, False), (-5, True), (9, True), (None, False)):
        assert exists(fact, {"since": days(at)}, time="happened", at="since") is holding


@pytest.mark.parametrize(("since", "holding"), [(None, True), (-6, True), (-5, False), (0, False)])
def test_later_than_what_had_happened_on_a_day_of_the_record_is_later_than_nothing_without_one(
    since, holding
):
    fact = SimpleNamespace(on=days(-5))
    earlier = ({"exists": "facts", "time": "happened", "at": "since"},)
    assert exists(fact, {"since": days(since)}, after=earlier) is holding


@pytest.mark.parametrize("form", [{"time": "happened"}, {"time": "during", "at": "since"}])
def test_the_day_of_a_fact_to_come_is_one_on_which_something_changes(form):
    condition = spelled({"exists": "facts", **form})
    record = SimpleNamespace(facts=(SimpleNamespace(on=days(4)),), since=days(-1), until=None)
    assert changing(condition, record, Window(ON, days(9))) == {days(4)}
    assert changing(condition, record, Window(ON, days(3))) == set()
