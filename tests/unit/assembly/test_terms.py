from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.assembly.terms import is_recalled, limit_after, reminder_days, term

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("last", "limit"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 11, 24), date(2027, 5, 24)),
    ],
)
def test_the_next_assembly_is_due_six_calendar_months_later(delivered, last, limit):
    assert limit_after(last, delivered.assembly) == limit


def test_the_limit_is_recalled_sixty_thirty_and_fifteen_days_before(delivered):
    days = reminder_days(date(2027, 5, 24), delivered.assembly)
    assert days == (date(2027, 3, 25), date(2027, 4, 24), date(2027, 5, 9))
    assert not is_recalled(date(2027, 5, 24), delivered.assembly, on=date(2027, 3, 24))
    assert is_recalled(date(2027, 5, 24), delivered.assembly, on=date(2027, 3, 25))


def test_a_mandate_begins_that_day_where_seats_are_free():
    found = term(DAY, [], 2, seats=2, months=6)
    assert (found.since, found.until, found.beside) == (DAY, date(2027, 5, 23), True)


def test_a_mandate_begins_after_those_that_hold_the_seats():
    found = term(DAY, [date(2027, 1, 8), date(2026, 12, 1)], 2, seats=2, months=6)
    assert (found.since, found.until, found.beside) == (date(2027, 1, 9), date(2027, 7, 8), False)


def test_seats_held_for_ever_leave_no_day_to_begin():
    assert term(DAY, [None] * 7, 7, seats=9, months=None) is None
    assert term(DAY, [None] * 7, 2, seats=9, months=None).until is None


@given(st.lists(st.dates(DAY, date(2028, 1, 1)), max_size=4), st.integers(1, 4), st.integers(1, 4))
def test_the_seats_are_never_held_by_more_than_there_are(running, elected, seats):
    found = term(DAY, running, min(elected, seats), seats=seats, months=6)
    beside = [each for each in running if each >= found.since]
    assert not found.beside or len(running) + min(elected, seats) <= seats or not running
    assert found.beside or beside == []
