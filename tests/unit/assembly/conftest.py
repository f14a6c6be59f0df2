"""Settings of an invented association, and rooms to put people in."""

from __future__ import annotations

from datetime import date, time

import pytest

from mist_connector.assembly.electorate import Electorate
from mist_connector.assembly.presence import Stay
from mist_connector.assembly.room import Room
from mist_connector.cli.declared_mappings import declared
from mist_connector.declared.assembly import Base, Majority, Method, Statutes, Ties

DAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def delivered():
    return declared()


@pytest.fixture(scope="session")
def statutes():
    majority = Majority(numerator=1, denominator=2, exceeded=True, of=Base.CAST)
    return Statutes(
        decision="Q22",
        notice_days=15,
        quorum=None,
        majority=majority,
        elections=Method.MOST_VOTES,
        ties=Ties.RUN_OFF,
        proxies=None,
    )


@pytest.fixture(scope="session")
def room_of():
    """A function from who votes to a room; `stays` are pairs of hours, None: still there."""

    def make(voters, stays, proxies=(), rule=None):
        there = {
            code: tuple(Stay(time(came), None if left is None else time(left)) for came, left in own)
            for code, own in stays.items()
        }
        return Room(Electorate("Y-1", DAY, "active_members", frozenset(voters)), there, proxies, rule)

    return make
