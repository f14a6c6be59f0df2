"""Terms that open something have moments beside their days, in the zone of the association."""

import datetime as dt
from types import SimpleNamespace

import dateutil.tz
import pytest

from mist_connector.blueprint.compile_edges import edges
from mist_connector.blueprint.server_domain import edges_read
from mist_connector.cli.declared_mappings import declared


@pytest.fixture(scope="module")
def blueprint():
    return declared().blueprint


class Row(SimpleNamespace):
    def __setitem__(self, name, value):
        setattr(self, name, value)


def moments(blueprint, since, until):
    row = Row(x_since=since, x_until=until, x_ends=until)
    for _, _, values in edges(blueprint.model("accompaniment"), blueprint):
        exec(values["compute"], {"self": [row], "datetime": dt, "dateutil": dateutil})  # noqa: S102 - our own code
    return row.x_opens, row.x_closes


def test_functions_agreements_and_accompaniments_open_something(blueprint):
    models = {key for key, _ in edges_read(blueprint)}
    assert {"function", "agreement", "accompaniment"} <= models
    assert "person" not in models


@pytest.mark.parametrize(
    ("since", "until", "opens", "closes"),
    [
        ("2026-01-10", "2026-01-20", "2026-01-09 23:00", "2026-01-20 23:00"),
        ("2026-07-10", "2026-07-20", "2026-07-09 22:00", "2026-07-20 22:00"),
        # The night in which the clocks change, either way.
        ("2026-03-29", "2026-03-29", "2026-03-28 23:00", "2026-03-29 22:00"),
        ("2026-10-25", "2026-10-25", "2026-10-24 22:00", "2026-10-25 23:00"),
    ],
)
def test_a_term_opens_and_closes_at_midnight_in_paris(blueprint, since, until, opens, closes):
    days = map(dt.date.fromisoformat, (since, until))
    assert moments(blueprint, *days) == tuple(map(dt.datetime.fromisoformat, (opens, closes)))


def test_what_has_no_moment_opens_nothing_more(blueprint):
    begun = dt.date(2026, 1, 1)
    assert moments(blueprint, begun, None)[1] is False
    assert moments(blueprint, begun, dt.date(9999, 12, 31))[1] is False
