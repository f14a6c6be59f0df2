"""Two commands that write at once: nothing doubles, nothing is lost, no database speaks."""

from __future__ import annotations

import random
from itertools import combinations_with_replacement

import pytest

from .commands import BY_NAME, PEOPLE, Written, add_contacts, deployed, spoil_a_name, state
from .conftest import SEED, WHOLE

# One register, in which each of them finds something to do.
TOGETHER = Written("together", (), 0, (PEOPLE,))
NAMES = ("import", "sync", "assembly plan", "rotate", "apply", "shield", "erase")
# Whoever is erased comes back with the list that still names her: which of the two comes last is a choice.
UNDONE = {("import", "erase")}
PAIRS = [pair for pair in combinations_with_replacement(NAMES, 2) if pair not in UNDONE]
FOREIGN = (
    "Traceback",
    "psycopg",
    "could not serialize",
    "duplicate key",
    "concurrent update",
    "IntegrityError",
)


def some():
    """Return the pairs of this run."""
    return PAIRS if WHOLE else random.Random(SEED).sample(PAIRS, 1)  # noqa: S311 - no secret


@pytest.mark.parametrize("pair", [pytest.param(each, id=" and ".join(each)) for each in some()])
def test_two_at_once_end_as_one_after_the_other(pair, bench):
    print(f"MIST_FAULTS_SEED={SEED}")  # noqa: T201 - shown on failure
    words = [BY_NAME[each].words for each in pair]
    source = bench.prepared(TOGETHER, add_contacts, spoil_a_name)
    name = bench.clone(source)
    _one_after_the_other(bench, words)
    left = state(bench, name)
    name = bench.clone(source)
    for status, said in bench.at_once(*words):
        assert status in {0, 1}, said
        assert not any(word in said for word in FOREIGN), said
    _one_after_the_other(bench, words)
    assert state(bench, name) == left
    assert "apply" not in pair or deployed(bench)


def _one_after_the_other(bench, words):
    for each in (*words, *words):
        status, said = bench.typed(*each)
        assert status == 0 or "déjà" in said, said
