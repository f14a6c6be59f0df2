"""Random facts: people as staff might record them, orderly or not."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from mist_connector.bylaws.facts import (
    Agreement,
    Departure,
    Exclusion,
    Facts,
    Function,
    Mandate,
    Signature,
    Vote,
)

TODAY = date(2026, 6, 15)
days = st.integers(-400, 400).map(lambda count: TODAY + timedelta(days=count))
scopes = st.sampled_from(["association", "active"])
statuses = st.sampled_from([None, "candidate", "member", "provisional", "active", "left", "excluded"])


def several(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


def facts(code="P-0000-0001"):
    maybe = st.none() | days
    return st.builds(
        Facts,
        code=st.just(code),
        status=statuses,
        applied_on=maybe,
        attested_on=maybe,
        speaks_french=st.booleans(),
        signatures=several(
            st.builds(Signature, on=days, document=st.sampled_from(["bylaws", "active_bylaws"]))
        ),
        departures=several(st.builds(Departure, on=days, scope=scopes)),
        exclusions=several(st.builds(Exclusion, on=days, scope=scopes)),
        votes=several(st.builds(Vote, on=days, outcome=st.sampled_from(["accepted", "refused"]))),
        mandates=several(
            st.builds(Mandate, since=days, until=maybe, office=st.sampled_from(["delegate", "spokesperson"]))
        ),
        agreements=several(st.builds(Agreement, since=days, until=maybe)),
        functions=several(
            st.builds(
                Function,
                since=days,
                until=maybe,
                role=st.sampled_from(["staff", "direction"]),
                login=st.sampled_from(["a@mist.example", "b@mist.example", ""]),
                code=st.sampled_from(["F-0000-0001", "F-0000-0002", "F-0000-0003"]),
            )
        ),
    )


registers = st.integers(0, 3).flatmap(
    lambda count: st.tuples(*(facts(f"P-0000-000{place}") for place in range(count)))
)
