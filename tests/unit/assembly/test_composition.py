"""Who may hold an office together, as the delivered mappings have it."""

from __future__ import annotations

import pytest

from mist_connector.assembly.composition import Holder, objections
from mist_connector.conditions.forms import Rounded, half_of


def board(active, others):
    return [Holder(f"A{at}", "active", accepted=True) for at in range(active)] + [
        Holder(f"M{at}", "member", accepted=True) for at in range(others)
    ]


def rules(office, holders):
    return {each.rule for each in objections(office, holders)}


@pytest.mark.parametrize(("count", "least"), [(7, 4), (8, 4), (9, 5), (1, 1), (2, 1)])
def test_half_is_rounded_up(count, least):
    assert half_of(count, Rounded.UP) == least
    assert half_of(count, Rounded.DOWN) == count - least


@pytest.mark.parametrize(
    ("active", "others", "wrong"),
    [
        (4, 3, set()),
        (3, 4, {"G04"}),
        (4, 4, set()),
        (4, 5, {"G04"}),
        (5, 4, set()),
        (6, 0, {"G03"}),
        (10, 0, {"G03"}),
    ],
)
def test_the_board_has_seven_to_nine_members_half_of_them_active(delivered, active, others, wrong):
    assert rules(delivered.provisions.office("board"), board(active, others)) == wrong


def spokesperson(code, **more):
    return Holder(code, **{"status": "active", "accepted": True, "consents": True, **more})


@pytest.mark.parametrize(
    ("pair", "wrong"),
    [
        ([{"speaks_french": True}, {}], set()),
        ([{}, {}], {"SP05"}),
        ([{"speaks_french": True}], {"SP04"}),
        ([{"speaks_french": True}, {}, {}], {"SP04"}),
        ([{"speaks_french": True}, {"status": "member"}], {"SP06"}),
        ([{"speaks_french": True}, {"accepted": False}], {"SP07"}),
        ([{"speaks_french": True}, {"consents": False}], {"SP08"}),
        ([{"speaks_french": True}, {"others": frozenset({"president"})}], {"SP03"}),
    ],
)
def test_the_pair_of_spokespersons(delivered, pair, wrong):
    holders = [spokesperson(f"P{at}", **each) for at, each in enumerate(pair)]
    assert rules(delivered.provisions.office("spokesperson"), holders) == wrong


def test_nobody_holds_a_seat_twice(delivered):
    holders = [*board(7, 0), Holder("A0", "active", accepted=True)]
    assert any(
        "deux fois" in each.says.fr for each in objections(delivered.provisions.office("board"), holders)
    )
