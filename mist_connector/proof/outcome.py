"""What came of each try, and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Verdict(StrEnum):
    """What a try means; only the last three are failures."""

    ALLOWED = "allowed"
    DENIED = "denied"
    KNOWN = "known"  # a limit that is written down, with its reason
    DEAD = "dead"
    TOO_LITTLE = "too_little"
    LEAK = "leak"


FAILURES = frozenset({Verdict.LEAK, Verdict.TOO_LITTLE, Verdict.DEAD})


@dataclass(frozen=True)
class Outcome:
    """One try: who, by which way, at which tier, whether she may, and whether she was told.

    `live` is given where it is known of the way itself; None where it takes somebody entitled to show it,
    at this tier or, where the way is `alike` for all, at any.
    """

    persona: str
    channel: str
    fr: str
    tier: str
    expected: bool
    seen: bool
    live: bool | None = None
    alike: bool = False
    verdict: Verdict | None = None
    reason: str = ""


def judged(outcomes: Iterable[Outcome], known: Mapping[tuple[str, str, str], str]) -> tuple[Outcome, ...]:
    """Return the outcomes with their verdicts; `known` are limits by way, tier and persona, `*` for any."""
    tried = tuple(outcomes)
    shown = [each for each in tried if each.live or (each.expected and each.seen)]
    live = {(each.channel, "*" if each.alike else each.tier) for each in shown}
    return tuple(_limited(replace(each, verdict=_verdict(each, live)), known) for each in tried)


def _verdict(each: Outcome, live: set[tuple[str, str]]) -> Verdict:
    if each.seen:
        return Verdict.ALLOWED if each.expected else Verdict.LEAK
    if (each.channel, "*" if each.alike else each.tier) not in live:
        return Verdict.DEAD
    return Verdict.TOO_LITTLE if each.expected else Verdict.DENIED


def _limited(each: Outcome, known: Mapping[tuple[str, str, str], str]) -> Outcome:
    if each.verdict not in FAILURES:
        return each
    for persona in (each.persona, "*"):
        for tier in (each.tier, "*"):
            reason = known.get((each.channel, tier, persona))
            # A limit excuses a way that shows nothing, or one that tells somebody entitled too much; it
            # never excuses a leak to whoever may not even read.
            if reason and (each.verdict is Verdict.DEAD or persona != "*"):
                return replace(each, verdict=Verdict.KNOWN, reason=reason)
    return each
