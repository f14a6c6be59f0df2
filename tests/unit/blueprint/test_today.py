"""One day for commands and the CRM: the one where the association is."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import mist_connector
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.today import day_there, today_statement, with_given

PARIS = "dateutil.tz.gettz('Europe/Paris')"


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),  # summer time
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_where_the_association_is(mappings, moment, there):
    assert day_there(moment, mappings.blueprint) == there


def test_server_code_is_given_what_it_uses_and_nothing_else(mappings):
    blueprint = mappings.blueprint
    dated, timed = (
        f"datetime.datetime.now({PARIS}).date()",
        f"datetime.datetime.now({PARIS}).strftime('%H:%M')",
    )
    assert with_given("action = {}", blueprint) == "action = {}"
    assert with_given("action = today", blueprint) == f"today = {dated}\naction = today"
    assert with_given("action = time_of_day", blueprint) == f"time_of_day = {timed}\naction = time_of_day"
    assert with_given("x = today_of", blueprint) == "x = today_of"
    assert today_statement(blueprint) == f"today = {dated}\n"


def test_nothing_that_the_crm_runs_counts_by_the_day_of_its_server(mappings):
    """A server's own day begins up to two hours after the one in which what may be read began."""
    for record in compile_blueprint(mappings.blueprint):
        for column in ("code", "compute"):
            assert ".today()" not in str(record.values.get(column, "")), record


@pytest.mark.parametrize("part", ["assembly", "blueprint", "bylaws", "declared", "documents", "planning"])
def test_the_pure_core_reads_no_clock(part):
    package = Path(mist_connector.__file__).parent / part
    for path in package.glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        called = {getattr(node.func, "attr", "") for node in nodes if isinstance(node, ast.Call)}
        assert not called & {"now", "today", "utcnow", "fromtimestamp"}, path.name
