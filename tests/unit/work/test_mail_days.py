"""Which mails leave on which day, where the host lets only so many leave in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mist_connector.work.papers.mail_days import spread, spread_told


@pytest.mark.parametrize(
    ("mails", "already", "told"),
    [
        (100, 0, ""),
        (100, 50, ""),
        (200, 0, "150 aujourd'hui, 50 demain"),
        (200, 150, "0 aujourd'hui, 150 demain, 50 après-demain"),
        (200, 400, "0 aujourd'hui, 150 demain, 50 après-demain"),
        (
            620,
            30,
            "120 aujourd'hui, puis 150 par jour pendant 4 jours",
        ),
    ],
)
def test_it_is_said_beforehand_how_many_leave_today_and_later(mails, already, told):
    said = f"{told} (l'hébergeur en laisse partir 150 par jour)" if told else ""
    assert spread_told(mails, 150, already) == said


@given(some.integers(0, 5000), some.integers(1, 500), some.integers(0, 1000))
def test_every_mail_has_one_day_and_no_day_has_too_many(mails, limit, already):
    days = spread(mails, limit, already)
    assert sum(days) == mails
    assert all(count <= limit for count in days)
    assert days[0] <= max(limit - already, 0)
    assert 0 not in days[1:]
