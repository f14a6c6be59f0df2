"""Counts of few people cannot be found again, even by somebody who knows the method."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.documents.figures import TOTAL, Day, Figures
from mist_connector.documents.suppression import suppress_one

K = 11
COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 60), min_size=1)


@dataclass(frozen=True)
class Table:
    cells: dict[str, int | None]
    total: int | None

    @property
    def masked(self):
        return self.total is None or None in self.cells.values()


def suppress(counts, *, minimum):
    figures = Figures((Day(date(2026, 11, 24), counts),), minimum)
    return Table({each: figures.at(each) for each in counts}, figures.at(TOTAL))


def table(*counts, minimum=K):
    return suppress(dict(zip("abcdef", counts, strict=False)), minimum=minimum)


@given(COUNTS)
def test_no_count_below_the_minimum_is_ever_shown(counts):
    shown = suppress(counts, minimum=K)
    assert all(count is None or count >= K for count in shown.cells.values())
    assert shown.total is None or shown.total >= K


@given(COUNTS)
def test_what_is_shown_is_true(counts):
    shown = suppress(counts, minimum=K)
    assert all(count in {None, counts[key]} for key, count in shown.cells.items())
    assert shown.total in {None, sum(counts.values())}
    assert list(shown.cells) == list(counts)


@given(COUNTS)
def test_no_masked_count_can_be_found_by_subtraction(counts):
    shown = suppress(counts, minimum=K)
    masked = [key for key, count in shown.cells.items() if count is None]
    if masked and shown.total is not None:
        rest = shown.total - sum(count for count in shown.cells.values() if count is not None)
        assert len(masked) > 1
        assert rest >= 2 * K


@given(COUNTS)
def test_nothing_is_masked_without_need(counts):
    shown = suppress(counts, minimum=K)
    assert shown.masked == any(count < K for count in counts.values())


@pytest.mark.parametrize(("minimum", "cells"), [(2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (4, 3)])
def test_whoever_knows_the_method_still_has_as_many_candidates_as_the_minimum(minimum, cells):
    """Every table of a small world is tried: what could have led to the same publication?"""
    largest = 4 * minimum + 2
    origins = defaultdict(list)
    for counts in itertools.product(range(largest), repeat=cells):
        shown = table(*counts, minimum=minimum)
        origins[tuple(shown.cells.values()), shown.total].append(counts)
    for (published, total), candidates in origins.items():
        # Tables cut off by the edge of the small world prove nothing.
        if (total or 0) >= largest:
            continue
        for place, count in enumerate(published):
            assert count is not None or len({each[place] for each in candidates}) >= minimum


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ((60, 32, 14), (60, 32, 14), 106),
        ((60, 32, 4), (60, None, None), 96),
        ((60, 32, 0), (60, None, None), 92),
        ((60, 4, 32), (60, None, None), 96),
        ((12, 4, 3), (None, None, None), None),
        ((30, 4, 3), (None, None, None), 37),
        ((3,), (None,), None),
        ((40,), (40,), 40),
        ((0, 0), (None, None), None),
    ],
)
def test_examples_that_a_reader_can_check_by_hand(counts, cells, total):
    shown = table(*counts)
    assert (tuple(shown.cells.values()), shown.total) == (cells, total)


def test_a_count_alone_is_shown_from_the_minimum_on():
    assert [suppress_one(each, minimum=K) for each in (0, 10, 11)] == [None, None, 11]
