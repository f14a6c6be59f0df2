"""Random attempts: what people might record, change and end, from states that seldom come by chance."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from mist_connector.bylaws.facts import (
    Accompaniment,
    Attendance,
    Candidacy,
    Consent,
    Departure,
    Exclusion,
    Incident,
    Investigation,
    Mandate,
    Signature,
    Step,
    Vote,
    Workgroup,
)
from mist_connector.sandbox.clock import ZONE

from .playing import Add, Change, End, Remove, Write, playable

STEPS = 8
TODAY = datetime.now(ZONE).date()
DAYS = st.sampled_from([-800, -400, -90, -2, -1, 0, 1, 40]).map(lambda days: TODAY + timedelta(days=days))
LONG_AGO = TODAY - timedelta(days=600)
STATUSES = ("candidate", "member", "provisional", "active", "left", "excluded", None)
OFFICES = ("delegate", "spokesperson", "roots", "board", "president", "secretary", "treasurer")


def adding(who, relation, shape, /, **parts):
    return st.builds(Add, who, st.just(relation), st.builds(shape, **parts))


def sample(*values):
    return st.sampled_from(values)


SCOPES = sample("association", "active")
ONE = st.just(0)
MAYBE = st.none() | DAYS
ABOUT_STATUS = st.one_of(
    st.builds(Write, ONE, st.just("status"), st.sampled_from(STATUSES)),
    st.builds(Write, ONE, sample("attested_on", "applied_on", "member_since"), MAYBE),
    st.builds(Remove, st.integers(0, 4)),
    st.builds(Change, st.integers(0, 4), st.just("on"), DAYS),
    adding(ONE, "signatures", Signature, on=DAYS, document=sample("bylaws", "active_bylaws")),
    adding(ONE, "votes", Vote, on=DAYS, outcome=sample("accepted", "refused", "postponed")),
    adding(ONE, "departures", Departure, on=DAYS, scope=SCOPES),
    adding(
        ONE,
        "exclusions",
        Exclusion,
        on=DAYS,
        scope=SCOPES,
        ground=sample(None, "silent", "inactive"),
        voted_on=MAYBE,
    ),
    adding(ONE, "steps", Step, on=DAYS, kind=sample("roots_meeting", "welfare_check", "card_given")),
    adding(ONE, "incidents", Incident, on=DAYS, kind=sample("confidentiality", "values"), closed_on=MAYBE),
    adding(ONE, "attendances", Attendance, on=DAYS, activity=sample("talk_group"), state=sample("present")),
    adding(ONE, "workgroups", Workgroup, since=DAYS, group=sample("advocacy"), applied_on=MAYBE),
)
ELECTED = (
    Add(0, "candidacies", Candidacy("spokesperson", elected=True, code="O-0000-0001")),
    Add(1, "candidacies", Candidacy("spokesperson", elected=True, code="O-0000-0002")),
    Add(0, "candidacies", Candidacy("board", elected=True, code="O-0000-0003")),
    Add(3, "candidacies", Candidacy("board", elected=True, code="O-0000-0004")),
    Add(0, "candidacies", Candidacy("spokesperson", elected=True, code="O-0000-0005")),
)
# What a case recorded last in PAIR and after it; not what others rest on (candidacies, the mandate replaced).
LATER = st.sampled_from([17, 18, *range(20, 26)])
CODES = ("", *(each.fact.code for each in ELECTED))
ABOUT_OFFICES = st.one_of(
    *[
        adding(
            st.just(won.who) | st.integers(0, 3),
            "mandates",
            Mandate,
            office=st.just(won.fact.office),
            since=DAYS,
            until=MAYBE,
            accepted_on=st.just(LONG_AGO),
            interim=st.booleans(),
            candidacy=st.just(won.fact.code) | sample(*CODES),
            replaces=sample("", "", "M-0000-0001"),
        )
        for won in ELECTED[:3]
    ],
    st.builds(Change, st.integers(12, 14), st.just("elected"), st.booleans()),
    *[
        adding(
            st.integers(0, 3),
            "mandates",
            Mandate,
            office=offices,
            since=DAYS,
            until=MAYBE,
            chosen_on=sample(None, TODAY, LONG_AGO, LONG_AGO),
            accepted_on=sample(None, TODAY, LONG_AGO, LONG_AGO),
        )
        for offices in (sample(*OFFICES), sample("delegate"), sample("roots", "president", "secretary"))
    ],
    # A mandate always has a first day, and a consent a last one: the CRM does not take them without.
    st.builds(Change, LATER, sample("since", "until"), DAYS),
    st.builds(Change, LATER, st.just("chosen_on"), MAYBE),
    st.builds(Change, LATER, st.just("office"), st.sampled_from(OFFICES)),
    st.builds(Remove, LATER),
    st.builds(Write, st.integers(0, 3), st.just("speaks_french"), st.booleans()),
    adding(
        st.integers(0, 3), "consents", Consent, since=DAYS, until=DAYS, limits=sample("first_name", "full")
    ),
    adding(st.integers(0, 3), "departures", Departure, on=DAYS, scope=SCOPES),
    adding(st.integers(0, 3), "exclusions", Exclusion, on=DAYS, scope=st.just("association")),
    st.builds(End, sample("mandates", "consents"), resigned=st.just(value=False)),
)


ABOUT_EXAMINATION = st.one_of(
    *[
        adding(
            ONE,
            "investigations",
            Investigation,
            on=DAYS,
            kind=sample("trafficking", "trafficking", "admission"),
            examined_on=sample(None, TODAY, LONG_AGO),
            heard_on=sample(None, TODAY, LONG_AGO),
            concluded_on=sample(None, TODAY, TODAY),
            outcome=sample(None, "founded", "founded", "unfounded"),
            excluded_on=sample(None, None, TODAY),
        )
    ]
    * 3,
    st.builds(Change, st.integers(4, 10), st.just("outcome"), sample("founded", "unfounded", None)),
    st.builds(Change, st.integers(4, 10), sample("concluded_on", "excluded_on"), sample(TODAY, None)),
    st.builds(Remove, st.integers(4, 10)),
    st.builds(Write, ONE, st.just("status"), st.sampled_from(STATUSES)),
    adding(ONE, "departures", Departure, on=DAYS, scope=st.just("association")),
    adding(ONE, "signatures", Signature, on=DAYS, document=st.just("bylaws")),
    adding(ONE, "exclusions", Exclusion, on=DAYS, scope=st.just("association")),
    adding(ONE, "accompaniments", Accompaniment, since=DAYS, until=MAYBE, function=st.just("")),
    st.builds(Change, st.integers(4, 10), st.just("until"), MAYBE),
)


def could_be_active(who):
    """Return what makes a person active: what is purely random seldom comes so far."""
    return (
        Write(who, "attested_on", LONG_AGO),
        Add(who, "signatures", Signature(LONG_AGO, "bylaws")),
        Add(who, "signatures", Signature(LONG_AGO, "active_bylaws")),
        Add(who, "steps", Step(LONG_AGO, "roots_meeting")),
        Add(who, "votes", Vote(LONG_AGO, "accepted")),
    )


def cases(beginnings, step):
    """Return cases of which everything that has a term is ended in the end, several at once."""
    return st.tuples(beginnings, st.lists(step, min_size=1, max_size=STEPS), st.permutations(ENDINGS)).map(
        lambda three: tuple(each for part in three for each in part)
    )


ENDINGS = (
    End("mandates", resigned=True),
    End("mandates"),
    End("workgroups"),
    End("accompaniments"),
    End("consents"),
)
ABOUT_ONE = could_be_active(0)
PART = st.integers(0, len(ABOUT_ONE)).map(lambda length: ABOUT_ONE[:length])
PAIR = (
    *could_be_active(0),
    *could_be_active(1),
    *could_be_active(2),
    *ELECTED,
    Write(0, "speaks_french", value=True),
    # A board that may choose a bureau; a mandate that ended early, and that another may finish.
    Add(3, "mandates", Mandate(LONG_AGO, "board", candidacy="O-0000-0004")),
    Add(0, "consents", Consent(LONG_AGO, "full", TODAY)),
    Add(
        0,
        "mandates",
        Mandate(
            TODAY - timedelta(days=100),
            "spokesperson",
            TODAY - timedelta(days=50),
            accepted_on=LONG_AGO,
            code="M-0000-0001",
            candidacy="O-0000-0005",
        ),
    ),
)
LAWS = {
    "statuses": (
        1,
        cases(st.integers(0, len(ABOUT_ONE)).map(lambda length: ABOUT_ONE[:length]), ABOUT_STATUS),
    ),
    "examinations": (1, cases(PART, ABOUT_EXAMINATION)),
    "offices": (4, cases(st.just(PAIR), ABOUT_OFFICES)),
}


# Whatever was accepted before: bodies that were dissolved are filled again by people who were not there yet,
# from the day after the last first day of all mandates; then everything that was recorded is taken back.
NEXT = TODAY + timedelta(days=41)
FRESH, ALSO = 8, 9
TERM = {"until": NEXT + timedelta(days=90), "accepted_on": TODAY}
FILLED = (
    *could_be_active(FRESH),
    *could_be_active(ALSO),
    Write(FRESH, "speaks_french", value=True),
    Add(FRESH, "mandates", Mandate(NEXT, "delegate", chosen_on=TODAY, **TERM)),
    Add(ALSO, "mandates", Mandate(NEXT, "delegate", chosen_on=TODAY, **TERM)),
    Add(ALSO, "mandates", Mandate(NEXT, "roots")),
    Add(FRESH, "consents", Consent(TODAY, "full", NEXT + timedelta(days=200))),
    Add(FRESH, "candidacies", Candidacy("spokesperson", elected=True, code="O-0000-0101")),
    Add(FRESH, "mandates", Mandate(NEXT, "spokesperson", candidacy="O-0000-0101", **TERM)),
    Add(FRESH, "candidacies", Candidacy("board", elected=True, code="O-0000-0102")),
    Add(FRESH, "mandates", Mandate(NEXT, "board", candidacy="O-0000-0102")),
)


def way_out(case):
    """Return the steps by which what a case left is filled again, then taken back, the last first."""
    recorded = sum(isinstance(step, Add) for step in (*playable(case), *FILLED))
    return (*FILLED, *(Remove(place) for place in reversed(range(recorded))))
