"""How a moved clock is written, and what cannot be one."""

from datetime import UTC, datetime, timedelta

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox.clock import parse_move, shift_of, tell_programs

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "shift"),
    [
        ("real", timedelta()),
        ("+7d", timedelta(days=7)),
        ("-2h", timedelta(hours=-2)),
        ("+30m", timedelta(minutes=30)),
        ("2026-12-25", timedelta(days=30)),
        ("2026-11-26T00:30", timedelta(hours=13)),  # in Paris, an hour ahead in winter
        ("2026-11-26T00:30+00:00", timedelta(hours=14)),
    ],
)
def test_a_clock_is_moved_by_a_shift_to_a_day_or_to_a_moment(written, shift):
    assert parse_move(written, now=NOW) == shift


@pytest.mark.parametrize("written", ["", "7d", "+7w", "demain", "2026-13-01", "2026-11-26 00:30"])
def test_anything_else_is_refused_with_what_to_write(written):
    with pytest.raises(SandboxError) as refusal:
        parse_move(written, now=NOW)
    assert "real" in refusal.value.todo


def test_a_sandbox_whose_clock_was_never_moved_has_none(tmp_path):
    assert shift_of(tmp_path) is None
    tell_programs(tmp_path, timedelta(hours=-2))
    assert shift_of(tmp_path) == timedelta(hours=-2)
