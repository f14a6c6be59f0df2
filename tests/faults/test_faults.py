"""Every command that writes, cut at any request in any way: one rerun ends as if nothing had happened.

    make faults

tries all of them over JSON-2 and a part over the other transports; a run of the whole suite tries some, by a
seed that is told.
"""

from __future__ import annotations

import random

import pytest

from .commands import BY_NAME, COMMANDS, deployed, state
from .conftest import SAMPLE, SEED, WHOLE
from .proxy import REACHES, Fault

MAYBE, NOTHING = "a pu avoir lieu ou non", ("rien n’a été", "rien n'a été")
JSON2, OTHERS = "json2", ("jsonrpc", "xmlrpc")
SHARE_OF_OTHERS, RESTARTS_APART = 12, 6  # one case in so many over the others; a restart takes ten seconds


def every():
    """Return every case: command, fault, request, transport."""
    over_json2 = [
        (each, fault, at, JSON2)
        for each in COMMANDS
        for fault in Fault
        for at in range(1, each.requests + 1)
        if fault is not Fault.RESTART or at % RESTARTS_APART == 1
    ]
    drawn = random.Random(SEED)  # noqa: S311 - no secret
    sample = drawn.sample(over_json2, len(over_json2) // SHARE_OF_OTHERS)
    return over_json2 + [(*case[:3], drawn.choice(OTHERS)) for case in sample]


def some():
    """Return the cases of this run, the commands that matter most among them."""
    drawn, cases = random.Random(SEED), every()  # noqa: S311 - no secret
    if WHOLE:
        return cases
    if len(BY_NAME) < SAMPLE:
        return drawn.sample(cases, min(SAMPLE, len(cases)))
    faults = [Fault.LATE, Fault.GATEWAY_TIMEOUT, Fault.CUT_AFTER]
    late = [(BY_NAME["import"], drawn.choice(faults), drawn.randint(8, 40), JSON2)]
    reached = sorted(REACHES - {Fault.KILL})
    keys = [(BY_NAME["rotate"], drawn.choice(reached), drawn.randint(1, 8), JSON2)]
    applies = [(BY_NAME["apply"], drawn.choice(list(Fault)), drawn.randint(6, 14), JSON2)]
    return [*late, *keys, *applies, *drawn.sample(cases, SAMPLE - 3)]


@pytest.fixture(scope="session")
def expected():
    """Return what each command leaves where nothing goes wrong, and after how many requests."""
    return {}


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, id=f"{each[0].name}-{each[1]}-{each[2]}-{each[3]}") for each in some()],
)
def test_one_rerun_ends_as_if_nothing_had_happened(case, bench, expected):
    written, fault, at, transport = case
    print(f"MIST_FAULTS_SEED={SEED}")  # noqa: T201 - shown on failure
    source = bench.prepared(written)
    if (written.name, transport) not in expected:
        expected[written.name, transport] = _left(bench, written, source, transport)
    left, count = expected[written.name, transport]
    if WHOLE and at > count:
        pytest.skip(f"{count} requests")
    at = 1 + (at - 1) % count  # a sample always meets a request
    name = bench.clone(source, transport)
    if fault is Fault.KILL:
        bench.killed(at, *written.words)
    else:
        bench.proxy.arm(fault, at, restarting=bench.restart)
        status, said = bench.typed(*written.words)
        _judge(bench, case, at, status, said)
    bench.proxy.settled()
    bench.proxy.arm(None)
    status, said = bench.typed(*written.words)
    assert status in written.status or (written.name == "assembly plan" and "déjà" in said), said
    assert state(bench, name) == left
    assert written.name != "apply" or deployed(bench)


def _judge(bench, case, at, status, said):
    """Hold what was said to what happened."""
    written, fault, *_ = case
    assert "Traceback" not in said
    assert not any(word in said for word in ("psycopg", "could not serialize", "duplicate key")), said
    if bench.proxy.count < at or status in written.status:
        return
    assert "n’est pas un CRM Odoo" not in said or at <= 2, said
    if fault in REACHES:
        assert not any(word in said.lower() for word in NOTHING), said


def _left(bench, written, source, transport):
    name = bench.clone(source, transport)
    bench.proxy.arm(None)
    status, said = bench.typed(*written.words)
    assert status in written.status, said
    count = bench.proxy.count
    assert transport != JSON2 or count <= written.requests, f"{written.name}: {count}"
    return state(bench, name), count
