"""One law over the whole language: on random facts, whoever reads a condition agrees with the engine.

    MIST_CONDITIONS_CASES=20000 .venv/bin/pytest tests/unit/conditions/test_readers_agree.py

A reader that does not know a form refuses it; none drops a part. tests/odoo/hooks asks the real server.
"""

from __future__ import annotations

import datetime as dt
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mist_connector.blueprint.declaration import Lease, Operation
from mist_connector.blueprint.server_code import expression
from mist_connector.blueprint.server_crowd import crowd_statements
from mist_connector.blueprint.server_domain import policy
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import Window, changing
from mist_connector.conditions.forms import Unread
from mist_connector.conditions.holds import holds
from mist_connector.conditions.witnesses import witnesses

from .generated import KINDS, ME, conditions, crowds, linked, records, some_registers
from .rows import MODULES, Tables

CASES = int(os.environ.get("MIST_CONDITIONS_CASES", "60"))
BLUEPRINT = declared().blueprint
TODAY = dt.date(2026, 3, 31)
SLOW = tuple(HealthCheck)
law = settings(max_examples=CASES, deadline=None, suppress_health_check=SLOW)
# Whom a condition is about, and what it says.
SAYINGS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda name: st.tuples(st.just(name), conditions(name, today=TODAY))
)
REGISTERS = st.sampled_from(some_registers(60, today=TODAY))


@law
@given(SAYINGS, REGISTERS)
def test_guards_agree_with_the_engine(saying, people):
    name, condition = saying
    everybody = linked(people)
    tables = Tables(everybody, BLUEPRINT)
    model = BLUEPRINT.model(KINDS[name].model)
    try:
        code = expression(condition, blueprint=BLUEPRINT, model=model)
    except Unread:
        assume(False)  # noqa: FBT003 - refused, and told so
    for record in records(everybody, name):
        row = tables.rows(model.key, [record])
        said = eval(code, {"record": row, "today": TODAY, "self": SimpleNamespace(env=tables), **MODULES})  # noqa: S307 - our own code
        assert bool(said) == holds(condition, record, on=TODAY, me=ME), code


@law
@given(SAYINGS, REGISTERS)
def test_record_rules_agree_with_the_engine(saying, people):
    name, condition = saying
    everybody = linked(people)
    blueprint, model = opening(BLUEPRINT, KINDS[name].model, condition)
    try:
        domain = policy(list(blueprint.frame.leases), blueprint=blueprint, model=model)
    except (Unread, KeyError):
        assume(False)  # noqa: FBT003 - refused, and told so
    noon = dt.datetime.combine(TODAY, dt.time(12))
    tables = Tables(everybody, blueprint, now=noon)
    terms = eval(domain, {"user": SimpleNamespace(id=ME)})  # noqa: S307 - our own code
    for record in records(everybody, name):
        found = tables.rows(model.key, [record]).search(terms)
        assert bool(found) == holds(condition, record, on=TODAY, me=ME), domain


def opening(blueprint, key, condition):
    """Return a blueprint with one lease, which opens a model by a condition."""
    lease = Lease(key="law", reader="direction", group="direction", rule="C05", holds=condition)
    model = blueprint.model(key).model_copy(update={"access": {"law": (Operation.READ,)}})
    frame = blueprint.frame.model_copy(update={"leases": (lease,)})
    models = tuple(model if each.key == key else each for each in blueprint.models)
    return blueprint.model_copy(update={"frame": frame, "models": models}), model


@law
@given(crowds(TODAY), REGISTERS)
def test_guards_of_a_crowd_agree_with_the_engine(crowd, people):
    everybody = linked(people)
    tables = Tables(everybody, BLUEPRINT)
    model = BLUEPRINT.model("mandate")
    try:
        code = crowd_statements(crowd, when="True", blueprint=BLUEPRINT, model=model)
    except Unread:
        assume(False)  # noqa: FBT003 - refused, and told so
    for record in everybody.mandates:
        scope = {"record": tables.rows("mandate", [record]), "today": TODAY, **MODULES}
        scope["self"] = SimpleNamespace(env=tables)
        exec(f"if True:\n{code}", scope)  # noqa: S102 - our own code
        assert scope["fits"] == holds(crowd, record, on=TODAY, me=ME), code


@law
@given(SAYINGS, REGISTERS)
def test_there_are_witnesses_exactly_where_a_condition_holds(saying, people):
    name, condition = saying
    for record in records(linked(people), name):
        found = witnesses(condition, record, on=TODAY, me=ME)
        assert (found is not None) == holds(condition, record, on=TODAY, me=ME)


@law
@given(SAYINGS, REGISTERS)
def test_a_condition_changes_on_no_day_that_is_not_named(saying, people):
    name, condition = saying
    window = Window(TODAY, TODAY + timedelta(days=45))
    for record in records(linked(people), name):
        named = changing(condition, record, window)
        before = holds(condition, record, on=TODAY, me=ME)
        for day in (TODAY + timedelta(days=count) for count in range(1, 46)):
            now = holds(condition, record, on=day, me=ME)
            assert now == before or day in named
            before = now


@pytest.mark.parametrize("reader", ["guards", "rules"])
def test_readers_read_much_and_refuse_something(reader):
    """Without this, a reader that refused everything would agree with anybody."""
    outcomes = []

    @settings(max_examples=200, database=None, derandomize=True, deadline=None, suppress_health_check=SLOW)
    @given(SAYINGS)
    def read(saying):
        name, condition = saying
        blueprint, model = opening(BLUEPRINT, KINDS[name].model, condition)
        try:
            if reader == "guards":
                expression(condition, blueprint=blueprint, model=model)
            else:
                policy(list(blueprint.frame.leases), blueprint=blueprint, model=model)
            outcomes.append(True)
        except (Unread, KeyError):
            outcomes.append(False)

    read()
    assert 0.3 < sum(outcomes) / len(outcomes) < 1
