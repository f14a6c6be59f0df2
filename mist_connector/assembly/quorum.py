"""Whether enough of those who have a vote are there, all along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from mist_connector.declared.assembly import Counts, Quorum

from .presence import moments
from .room import Room

WHOLE = ""
"""No item in particular: proxies given for a single item do not count."""


@dataclass(frozen=True)
class Watch:
    """How many are there or represented at a moment, how many it takes, and whether they are enough."""

    at: time
    present: int
    represented: int
    needed: int
    reached: bool


def watch_at(room: Room, quorum: Quorum | None, moment: time, item: str = WHOLE) -> Watch:
    """Return how the quorum stands at a moment; without a quorum in the statutes, it is always reached."""
    here, hands = len(room.present(moment)), len(room.hands(moment, item))
    needed = quorum.least(len(room.electorate.voters)) if quorum else 0
    counting = here if quorum is not None and quorum.counts is Counts.PRESENT else hands
    return Watch(moment, here, hands - here, needed, counting >= needed)


def watch(room: Room, quorum: Quorum | None) -> tuple[Watch, ...]:
    """Return how the quorum stood each time somebody came or left."""
    return tuple(watch_at(room, quorum, moment) for moment in moments(room.stays))
