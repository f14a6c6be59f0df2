"""Random facts: people as staff might record them, orderly or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    Attendance,
    CommonFacts,
    Consent,
    Departure,
    Exclusion,
    Facts,
    Function,
    Incident,
    Mandate,
    Mentoring,
    Pause,
    Publication,
    Session,
    Signature,
    Step,
    Suggestion,
    Vote,
    Workgroup,
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


FUNCTIONS = st.sampled_from(["F-0000-0001", "F-0000-0002", "F-0000-0009"])
OFFICES = st.sampled_from(["delegate", "spokesperson", "board", "roots", "president"])
STEPS = ["team_meeting", "roots_meeting", "tools", "tools_removed", "supervision", "sign_of_life", "briefing"]


def busy(code="P-0000-0001"):
    """Return people of whom much is recorded, many of them active."""
    maybe = st.none() | days
    return st.builds(
        lambda person, active, **facts: replace(person, **(_ACTIVE if active else {}), **facts),
        facts(code),
        st.booleans(),
        departures=st.just(()) | several(st.builds(Departure, on=days, scope=scopes)),
        exclusions=st.just(()),
        mandates=several(st.builds(Mandate, since=days, until=maybe, office=OFFICES, interim=st.booleans())),
        accompaniments=several(st.builds(Accompaniment, since=days, function=FUNCTIONS, until=maybe)),
        attendances=several(
            st.builds(
                Attendance,
                on=days,
                activity=st.just("talk_group"),
                state=st.sampled_from(["present", "absent"]),
                notified_on=maybe,
                organised=st.booleans(),
            )
        ),
        steps=several(st.builds(Step, on=days, kind=st.sampled_from(STEPS))),
        pauses=several(st.builds(Pause, since=days, reason=st.just("health"), until=maybe)),
        workgroups=several(
            st.builds(
                Workgroup, since=days, group=st.just("advocacy"), until=maybe, direct_help=st.booleans()
            )
        ),
        incidents=several(st.builds(Incident, on=days, kind=st.just("values"), closed_on=maybe)),
        mentorings=several(st.builds(Mentoring, since=days, mentor=st.just("P-0000-0001"), until=maybe)),
        consents=several(st.builds(Consent, since=days, limits=st.just("full"), until=maybe)),
    )


_LONG_AGO = TODAY - timedelta(days=500)
_ACTIVE = {
    "attested_on": _LONG_AGO,
    "signatures": (Signature(_LONG_AGO, "bylaws"), Signature(_LONG_AGO, "active_bylaws")),
    "votes": (Vote(_LONG_AGO, "accepted"),),
}
associations = st.builds(
    CommonFacts,
    sessions=several(st.builds(Session, on=days, activity=st.just("talk_group"), outing=st.booleans())),
    suggestions=several(
        st.builds(
            Suggestion,
            on=days,
            kind=st.sampled_from(["idea", "problem"]),
            answered_on=st.none() | days,
            accepted=st.booleans(),
        )
    ),
    publications=several(st.builds(Publication, on=days, kind=st.sampled_from(["programme", "news"]))),
)


def _several_people(strategy):
    return st.integers(0, 3).flatmap(
        lambda count: st.tuples(*(strategy(f"P-0000-000{place}") for place in range(count)))
    )


registers = _several_people(facts)
busy_registers = _several_people(busy)
