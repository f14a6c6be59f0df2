"""Engine and hooks give the same verdict on random attempts: hundreds in every run, thousands in one of its own.

    MIST_EQUALITY_CASES=5000 .venv/bin/pytest tests/odoo/hooks/test_equality.py

`MIST_EQUALITY_SEED` repeats a run. A disagreement shrinks to the shortest case that still shows it.
"""

import os
import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from mist_connector.bylaws.attempts import refusals, settled
from mist_connector.bylaws.facts import Departure, Exclusion, Facts, Signature, Vote

CASES = int(os.environ.get("MIST_EQUALITY_CASES", "300")) // 6
SEED = int(os.environ.get("MIST_EQUALITY_SEED", random.SystemRandom().randrange(10**9)))
STEPS = 6
A_REQUEST = 100

TODAY = date.today()  # noqa: DTZ011 - the CRM's hooks read the server's own day
DAYS = st.sampled_from([-800, -400, -90, -2, -1, 0, 1, 40]).map(lambda days: TODAY + timedelta(days=days))
STATUSES = ("candidate", "member", "provisional", "active", "left", "excluded", None)


def draw_fact(kind, relation, **parts):
    return st.builds(lambda **values: ("add", relation, kind(**values)), **parts)


SCOPES = st.sampled_from(["association", "active"])
FACTS = [
    draw_fact(
        Signature,
        "signatures",
        on=DAYS,
        document=st.sampled_from(["bylaws", "bylaws", "active_bylaws"]),
    ),
    draw_fact(Vote, "votes", on=DAYS, outcome=st.sampled_from(["accepted", "refused", "postponed"])),
    draw_fact(Departure, "departures", on=DAYS, scope=SCOPES),
    draw_fact(Exclusion, "exclusions", on=DAYS, scope=SCOPES),
]
STEP = st.one_of(
    st.tuples(st.just("claim"), st.sampled_from(STATUSES)),
    st.tuples(st.just("attest"), st.one_of(st.none(), DAYS)),
    st.tuples(st.just("apply"), st.one_of(st.none(), DAYS)),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    *FACTS,
    *FACTS[:1],
)
# A case begins now from nothing, now from somebody who could be active: a purely random one seldom could.
LONG_AGO = TODAY - timedelta(days=600)
BEGUN = (
    ("attest", LONG_AGO),
    ("apply", LONG_AGO),
    ("add", "signatures", Signature(LONG_AGO, "bylaws")),
    ("add", "signatures", Signature(LONG_AGO, "active_bylaws")),
    ("add", "votes", Vote(LONG_AGO, "accepted")),
    ("claim", "active"),
)
BEGINNINGS = st.integers(0, len(BEGUN)).map(lambda length: BEGUN[:length])
CASE = st.tuples(BEGINNINGS, st.lists(STEP, min_size=1, max_size=STEPS)).map(lambda two: (*two[0], *two[1]))

MODELS = {
    "signatures": "x_mist_signature",
    "votes": "x_mist_vote",
    "departures": "x_mist_departure",
    "exclusions": "x_mist_exclusion",
}
SCALARS = {"claim": ("status", "x_status"), "attest": ("attested_on", "x_attested_on")}
SCALARS["apply"] = ("applied_on", "x_applied_on")
# What the CRM looks at when it decides whether a status follows at once.
TELLING = ("signatures", "departures", "exclusions")


def test_engine_and_hooks_agree_on_random_attempts(trials, mappings):
    provisions, known = mappings.provisions, {}

    def server(case):
        if case not in known:
            known[case] = trials.answers([commands(case)])[0]  # only while a case shrinks
        return known[case]

    drawn = draw_cases()
    for start in range(0, len(drawn), A_REQUEST):
        some = drawn[start : start + A_REQUEST]
        answers = trials.answers([commands(case) for case in some])
        known.update(zip(some, answers, strict=True))
    print(f"seed {SEED}: {len(drawn)} cases, {sum(map(len, drawn))} attempts")  # noqa: T201 - shown on failure

    @agreeing
    def agree(case):
        assert server(case) == expected(case, provisions), f"MIST_EQUALITY_SEED={SEED}"

    agree()
    outcomes = {step[0] for answer in known.values() for step in answer}
    assert outcomes == {"allowed", "refused"}


def agreeing(test):
    """Make a law of a test: the same seed draws the same cases each time."""
    checks = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    limits = settings(max_examples=CASES, database=None, deadline=None, suppress_health_check=checks)
    return seed(SEED)(limits(given(CASE)(test)))


def draw_cases():
    """Return the cases that the law will ask about, so that the server is asked about many at once."""
    cases = []

    @agreeing
    def collect(case):
        cases.append(case)

    collect()
    return list(dict.fromkeys(cases))


def commands(case):
    """Return a case as the server is to try it; what a removal points to is counted here."""
    return [command(step) for step in playable(case)]


def playable(case):
    """Return the steps of a case without removals of what was never added."""
    added, gone = 0, set()
    for step in case:
        if step[0] == "add":
            added += 1
        if step[0] != "remove":
            yield step
        elif step[1] < added and step[1] not in gone:
            gone.add(step[1])
            yield step


def command(step):
    match step:
        case ("add", relation, fact):
            values = {f"x_{name}": plain(value) for name, value in vars(fact).items()}
            return ["add", MODELS[relation], values]
        case ("remove", place):
            return ["remove", place]
        case (verb, value):
            return ["write", {SCALARS[verb][1]: plain(value)}]


def plain(value):
    if value is None:
        return False
    return value.isoformat() if isinstance(value, date) else value


def expected(case, provisions):
    """Return what the engine makes of each step."""
    facts, added, verdicts = Facts("P-0000-0000"), [], []
    for step in playable(case):
        after, telling = changed(facts, step, added)
        if telling:
            after = replace(after, status=settled(after, provisions, on=TODAY))
        refused = refusals(after, provisions, on=TODAY)
        if refused:
            verdicts.append(("refused", tuple(each.rule for each in refused)))
            if step[0] == "add":
                added[-1] = None
            continue
        facts = after
        verdicts.append(("allowed", facts.status))
    return verdicts


def changed(facts, step, added):
    """Return the facts after a step, and whether a status may follow from it at once."""
    match step:
        case ("add", relation, fact):
            added.append((relation, fact))
            return replace(facts, **{relation: (*getattr(facts, relation), fact)}), relation in TELLING
        case ("remove", place) if added[place] is None:
            return facts, False
        case ("remove", place):
            relation, fact = added[place]
            left = list(getattr(facts, relation))
            left.remove(fact)
            return replace(facts, **{relation: tuple(left)}), relation in TELLING
        case (verb, value):
            return replace(facts, **{SCALARS[verb][0]: value}), False
