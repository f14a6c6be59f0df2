"""Picks: a list of names to tick, from which one button records the same fact of everybody who is ticked."""

from __future__ import annotations

from pydantic import Field as Bound

from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict

from .keys import KEY


class Recorded(Strict):
    """One button above the names, and what it says of whoever is ticked."""

    key: str = Bound(pattern=KEY)
    label: Text
    given: dict[str, str | int | bool]


class Pick(Strict):
    """A list of people in which those are ticked of whom a fact is recorded.

    `on`: the model whose record it is opened from, as a session. `records`: the model of the fact.
    `same`: fields that the fact takes over from that record; who has one of these already
    is not offered. `without`: people of these statuses are not offered. `shows`: the columns.
    `done`: what is said afterwards, with `{count}`.
    """

    key: str = Bound(pattern=KEY)
    rule: str
    label: Text
    on: str
    groups: tuple[str, ...]
    records: str
    same: tuple[str, ...] = Bound(min_length=1)
    without: tuple[str, ...] = ()
    shows: tuple[str, ...]
    recorded: tuple[Recorded, ...] = Bound(min_length=1)
    done: Text
    empty: Text
    turn: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
