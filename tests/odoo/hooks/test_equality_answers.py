"""Engine and hooks give one verdict under other answers, too: those that reach into statuses and offices."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from mist_connector.bylaws.facts import Mandate, Signature, Step

from .answers import answered
from .conftest import Trials
from .drawing import (
    ABOUT_OFFICES,
    ABOUT_ONE,
    ABOUT_STATUS,
    DAYS,
    ONE,
    PAIR,
    adding,
    cases,
    sample,
)
from .test_answers import applied
from .test_equality import hold_to_each_other

VERSIONED = adding(
    ONE,
    "signatures",
    Signature,
    on=DAYS,
    document=sample("bylaws", "active_bylaws"),
    version=sample("1", "2", ""),
)
PART = st.integers(0, len(ABOUT_ONE)).map(lambda length: ABOUT_ONE[:length])
LEVELS = adding(st.integers(0, 3), "steps", Step, on=DAYS, kind=sample("french_a1", "french_b1", "french_c2"))
DELEGATES = adding(
    st.integers(0, 3),
    "mandates",
    Mandate,
    office=sample("delegate"),
    since=DAYS,
    until=st.none() | DAYS,
    chosen_on=DAYS,
    accepted_on=DAYS,
)
LAWS = {
    "Q23": (1, cases(PART, st.one_of(VERSIONED, VERSIONED, ABOUT_STATUS))),
    "Q08": (4, cases(st.just(PAIR[:-2]), st.one_of(LEVELS, DELEGATES, ABOUT_OFFICES))),
    "Q21": (4, cases(st.just(PAIR), ABOUT_OFFICES)),
}


@pytest.mark.parametrize("question", LAWS)
def test_engine_and_hooks_agree_under_another_answer(question, other_crm):
    mappings = answered(question)
    applied(other_crm, mappings.blueprint)
    hold_to_each_other(question, *LAWS[question], Trials(other_crm), mappings)
