"""Counting: open votes one by one, secret ones as totals that must add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from .refusal import AssemblyRefused

FOR, AGAINST = "for", "against"


@dataclass(frozen=True)
class Cast:
    """An open vote: whose it is, whose hand cast it, and for what; nothing: blank."""

    voter: str
    hand: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """How many ballots there were, how many of them blank, and the votes for each choice."""

    ballots: int
    blank: int
    totals: Mapping[str, int]

    @property
    def cast(self) -> int:
        """The ballots that chose something."""
        return self.ballots - self.blank


def count(
    casts: Sequence[Cast], hands: Mapping[str, str], choices: AbstractSet[str], *, most: int = 1
) -> Tally:
    """Count open votes; `hands` are the votes that count, each with who may cast it.

    Raises AssemblyRefused for a vote that counts nowhere, that another hand cast, that came twice, or that
    chooses what is not there, the same twice, or more than `most`.
    """
    seen: set[str] = set()
    totals: Counter[str] = Counter()
    for cast in casts:
        _check(cast, seen, hands, choices, most)
        seen.add(cast.voter)
        totals.update(cast.choices)
    blank = sum(not cast.choices for cast in casts)
    return Tally(len(casts), blank, {choice: totals[choice] for choice in sorted(choices)})


def _check(
    cast: Cast, seen: AbstractSet[str], hands: Mapping[str, str], choices: AbstractSet[str], most: int
) -> None:
    if hands.get(cast.voter) != cast.hand:
        raise AssemblyRefused(f"La voix de {cast.voter} n'est pas dans la main de {cast.hand}.")
    if cast.voter in seen:
        raise AssemblyRefused(f"La voix de {cast.voter} a déjà été comptée.")
    if len(set(cast.choices)) != len(cast.choices) or len(cast.choices) > most or set(cast.choices) - choices:
        raise AssemblyRefused(
            f"Le vote de {cast.voter} ne se compte pas : au plus {most} choix, chacun une fois."
        )


def check_totals(tally: Tally, entitled: int, *, most: int = 1) -> None:
    """Raise AssemblyRefused for totals that no count could give; of a secret ballot there is nothing else."""
    numbers = [tally.blank, tally.ballots, *tally.totals.values()]
    if min(numbers) < 0 or tally.ballots > entitled or tally.blank > tally.ballots:
        raise AssemblyRefused(
            f"{tally.ballots} bulletins dont {tally.blank} blancs, pour {entitled} voix.",
            todo="recomptez",
        )
    if max(tally.totals.values(), default=0) > tally.cast or sum(tally.totals.values()) > tally.cast * most:
        raise AssemblyRefused(
            f"Il y a plus de suffrages que {tally.cast} bulletins n'en portent.", todo="recomptez"
        )


def tells_nobody(tally: Tally, *, apart: int) -> bool:
    """Tell whether the totals of a secret ballot may be told.

    Where all or none chose something, everybody's vote is known; where nearly all did, those few know it.
    """
    return all(apart <= total <= tally.ballots - apart for total in tally.totals.values())
