"""From random accepted states, the real server too lets everything be filled again and taken back.

The endings that come first are tried by test_equality; many more cases, on the engine: tests/unit/bylaws.
"""

import os

import pytest

from .drawing import LAWS, way_out
from .playing import commands, playable
from .test_equality import SEED, draw

CASES = int(os.environ.get("MIST_WAYS_OUT_CASES", "5"))
PEOPLE = 10


@pytest.mark.parametrize("law", LAWS)
def test_whatever_the_server_accepted_is_filled_again_and_taken_back(law, trials):
    drawn = draw(LAWS[law][1])[:CASES]
    whole = [(*case, *way_out(case)) for case in drawn]
    print(f"{law}, seed {SEED}: {len(drawn)} cases")  # noqa: T201 - shown on failure, or -s
    answers = trials.answers([commands(case) for case in whole], PEOPLE)
    for case, steps, said in zip(drawn, whole, answers, strict=True):
        begins = len(playable(case))
        for step, (outcome, rules) in list(zip(playable(steps), said, strict=True))[begins:]:
            assert outcome == "allowed", f"{step}: {rules}; MIST_EQUALITY_SEED={SEED}"
