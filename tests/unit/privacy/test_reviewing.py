"""Who left long ago: from the last time she left, unless she has come back since."""

from datetime import date

import pytest

from mist_connector.bylaws.facts import Departure, Exclusion, Facts, Signature
from mist_connector.privacy.reviewing import overdue

TODAY = date(2026, 11, 25)


def _left(*, on, scope="association"):
    return Departure(scope=scope, on=on)


@pytest.mark.parametrize(
    ("facts", "listed"),
    [
        ({"departures": (_left(on=date(2024, 11, 25)),)}, date(2024, 11, 25)),
        ({"departures": (_left(on=date(2024, 11, 26)),)}, None),
        ({"departures": (_left(on=date(2020, 1, 1), scope="active"),)}, None),
        ({"departures": (_left(on=date(2020, 1, 1)), _left(on=date(2025, 1, 1)))}, None),
        ({"exclusions": (Exclusion(scope="association", on=date(2023, 5, 1)),)}, date(2023, 5, 1)),
        (
            {
                "departures": (_left(on=date(2020, 1, 1)),),
                "signatures": (Signature(document="bylaws", on=date(2021, 1, 1)),),
            },
            None,
        ),
        ({}, None),
    ],
)
def test_two_years_are_counted_from_the_last_time_she_left(facts, listed):
    found = overdue([Facts(code="P-0000-0001", **facts)], months=24, on=TODAY)
    assert found == ([("P-0000-0001", listed)] if listed else [])
