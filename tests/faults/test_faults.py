"""Every command that writes, cut at any request in any way: one rerun ends as if nothing had happened.

    make faults

tries all of them over all three transports. `MIST_FAULTS_SAMPLE=600 make faults` tries so many of them, as
evenly over commands, faults and transports as can be. A run of the whole suite tries some. Which, says a seed
that is told (`MIST_FAULTS_SEED`).
"""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from .commands import BY_NAME, COMMANDS, deployed, state
from .conftest import SAMPLE, SEED, WHOLE
from .proxy import REACHES, Fault

NOTHING = ("rien n’a été", "rien n'a été")
JSON2 = "json2"
TRANSPORTS = (JSON2, "jsonrpc", "xmlrpc")
RESTARTS_APART = 6  # a restart takes ten seconds
IN_A_RUN_OF_ALL_TESTS = 4


def every():
    """Return every case: command, fault, request, transport."""
    return [
        (each, fault, at, transport)
        for each in COMMANDS
        for transport in TRANSPORTS
        for fault in Fault
        for at in range(1, each.requests + 1)
        if fault is not Fault.RESTART or at % RESTARTS_APART == 1
    ]


def spread(cases, many, drawn):
    """Return so many cases: of each command, fault and transport one, then a second of each, and so on.

    Their order is by chance, so that a run that is stopped has tried something of everything.
    """
    groups = defaultdict(list)
    for case in drawn.sample(cases, len(cases)):
        groups[case[0].name, case[1], case[3]].append(case)
    order = drawn.sample(sorted(groups), len(groups))
    deepest = max(map(len, groups.values()))
    found = [groups[key][depth] for depth in range(deepest) for key in order if depth < len(groups[key])]
    return found[:many]


def some():
    """Return the cases of this run; in a run of all tests, those that matter most, over all transports."""
    drawn, cases = random.Random(SEED), every()  # noqa: S311 - no secret
    if WHOLE or SAMPLE:
        return spread(cases, SAMPLE or len(cases), drawn)
    faults = [Fault.LATE, Fault.GATEWAY_TIMEOUT, Fault.CUT_AFTER]
    ways = drawn.sample(TRANSPORTS, len(TRANSPORTS))
    late = (BY_NAME["import"], drawn.choice(faults), drawn.randint(8, 40), ways[0])
    reached = sorted(REACHES - {Fault.KILL})
    keys = (BY_NAME["rotate"], drawn.choice(reached), drawn.randint(1, 8), ways[1])
    applies = (BY_NAME["apply"], drawn.choice(list(Fault)), drawn.randint(6, 14), ways[2])
    return [late, keys, applies, *drawn.sample(cases, IN_A_RUN_OF_ALL_TESTS - 3)]


@pytest.fixture(scope="session")
def expected():
    """Return what each command leaves where nothing goes wrong, and after how many requests over JSON-2."""
    return {}


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, id=f"{each[0].name}-{each[1]}-{each[2]}-{each[3]}") for each in some()],
)
def test_one_rerun_ends_as_if_nothing_had_happened(case, bench, expected):
    written, fault, at, transport = case
    print(f"MIST_FAULTS_SEED={SEED}")  # noqa: T201 - shown on failure
    source = bench.prepared(written)
    if written.name not in expected:
        expected[written.name] = _left(bench, written, source)
    left, count = expected[written.name]
    if (WHOLE or SAMPLE) and transport == JSON2 and at > count:
        pytest.skip(f"{count} requests")
    if not (WHOLE or SAMPLE):
        at = 1 + (at - 1) % count  # it always meets a request: the others make no fewer than JSON-2
    name = bench.clone(source, transport)
    if fault is Fault.KILL:
        bench.killed(at, *written.words)
    else:
        bench.proxy.arm(fault, at, restarting=bench.restart)
        status, said = bench.typed(*written.words)
        _judge(case, at, status, said)
    bench.proxy.settled()
    if bench.proxy.count < at:
        pytest.skip(f"{bench.proxy.count} requests")
    bench.proxy.arm(None)
    status, said = bench.typed(*written.words)
    assert status in written.status or (written.name == "assembly plan" and "déjà" in said), said
    assert state(bench, name) == left
    assert written.name != "apply" or deployed(bench)


def _judge(case, at, status, said):
    """Hold what was said to what happened."""
    written, fault, *_ = case
    assert "Traceback" not in said
    assert not any(word in said for word in ("psycopg", "could not serialize", "duplicate key")), said
    if status in written.status:
        return
    assert "n’est pas un CRM Odoo" not in said or at <= 2, said
    if fault in REACHES:
        assert not any(word in said.lower() for word in NOTHING), said


def _left(bench, written, source):
    name = bench.clone(source)
    bench.proxy.arm(None)
    status, said = bench.typed(*written.words)
    assert status in written.status, said
    count = bench.proxy.count
    assert count <= written.requests, f"{written.name}: {count}"
    return state(bench, name), count
