"""Who is in the room, from one time of the day to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from .refusal import AssemblyRefused

_STAY = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)\s*[-–]\s*(?:([01]?\d|2[0-3])[:hH]([0-5]\d))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Stay:
    """From an arrival to a departure, which no longer counts; None: she is still there."""

    arrived: time
    left: time | None = None

    def includes(self, moment: time) -> bool:
        """Tell whether she is there at this moment."""
        return self.arrived <= moment and (self.left is None or moment < self.left)


Stays = Mapping[str, tuple[Stay, ...]]


def read_stays(text: str) -> tuple[Stay, ...]:
    """Return the stays that staff note as `14:05-15:30, 15:45-`, in order.

    Raises AssemblyRefused for anything else, and for stays that overlap or end before they begin.
    """
    stays: list[Stay] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        found = _STAY.fullmatch(part)
        if found is None:
            raise _refused(text)
        left = time(int(found[3]), int(found[4])) if found[3] else None
        stays.append(Stay(time(int(found[1]), int(found[2])), left))
    for stay, after in zip(stays, [*stays[1:], None], strict=False):
        ends = stay.left or time.max
        if ends <= stay.arrived or (after is not None and after.arrived < ends):
            raise _refused(text)
    return tuple(stays)


def present(stays: Stays, moment: time) -> frozenset[str]:
    """Return who is in the room at a moment."""
    return frozenset(code for code, own in stays.items() if any(stay.includes(moment) for stay in own))


def has_come(stays: Iterable[Stay], moment: time) -> bool:
    """Tell whether somebody has been in the room, be it before this moment."""
    return any(stay.arrived <= moment for stay in stays)


def moments(stays: Stays) -> tuple[time, ...]:
    """Return every time of the day at which somebody came or left."""
    found = {stay.arrived for own in stays.values() for stay in own}
    found |= {stay.left for own in stays.values() for stay in own if stay.left is not None}
    return tuple(sorted(found))


def _refused(text: str) -> AssemblyRefused:
    return AssemblyRefused(
        f"Présence illisible : « {text[:60]} ».",
        todo="notez-la comme « 14:05-15:30, 15:45- » : arrivée, départ, ou rien si elle est encore là",
    )
