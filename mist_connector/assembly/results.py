"""What a count decides: a resolution, or an election with its run-off."""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.declared.assembly import Base, Majority, Method, Statutes, Ties

from .ballots import AGAINST, FOR, Tally
from .refusal import AssemblyRefused


@dataclass(frozen=True)
class Election:
    """Who is elected, and who stands again for the seats left; codes in the order of their votes."""

    elected: tuple[str, ...]
    run_off: tuple[str, ...] = ()


def adopted(tally: Tally, statutes: Statutes, *, entitled: int) -> bool:
    """Tell whether a resolution is adopted; AssemblyRefused while no majority is set."""
    return tally.totals.get(FOR, 0) >= _needed(_majority(statutes), tally, entitled)


def elect(
    tally: Tally, seats: int, statutes: Statutes, *, entitled: int, second_round: bool = False
) -> Election:
    """Return who is elected to at most so many seats.

    Nobody is elected without a vote. A tie for the last seat fills none of the seats tied for. Raises
    AssemblyRefused where the statutes do not say how an election is won, or what follows a tie.
    """
    if statutes.elections is None:
        raise _silent("comment une élection est gagnée", "elections")
    ranked = sorted(
        (code for code, votes in tally.totals.items() if votes), key=lambda code: (-tally.totals[code], code)
    )
    winners = ranked
    if statutes.elections is Method.MAJORITY and not second_round:
        needed = _needed(_majority(statutes), tally, entitled)
        winners = [code for code in ranked if tally.totals[code] >= needed]
    elected, tied = _cut(winners, seats, tally)
    if tied and statutes.ties is not Ties.RUN_OFF:
        raise _silent("ce qui suit une égalité", "ties")
    return Election(elected, tied or _again(ranked, elected, seats, second_round=second_round))


def _cut(winners: list[str], seats: int, tally: Tally) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who has a seat, and who is tied for those left."""
    if len(winners) <= seats:
        return tuple(winners), ()
    last = tally.totals[winners[seats - 1]]
    if tally.totals[winners[seats]] != last:
        return tuple(winners[:seats]), ()
    return (
        tuple(code for code in winners if tally.totals[code] > last),
        tuple(code for code in winners if tally.totals[code] == last),
    )


def _again(ranked: list[str], elected: tuple[str, ...], seats: int, *, second_round: bool) -> tuple[str, ...]:
    """Return who stands in the second round for want of a majority in the first."""
    if second_round or len(elected) == seats:
        return ()
    return tuple(code for code in ranked if code not in elected)


def _majority(statutes: Statutes) -> Majority:
    if statutes.majority is None:
        raise _silent("la majorité", "majority")
    return statutes.majority


def _needed(majority: Majority, tally: Tally, entitled: int) -> int:
    if majority.of is Base.ENTITLED:
        return majority.needed(entitled)
    pro_and_con = set(tally.totals) == {FOR, AGAINST}
    return majority.needed(sum(tally.totals.values()) if pro_and_con else tally.cast)


def _silent(what: str, setting: str) -> AssemblyRefused:
    return AssemblyRefused(
        f"Les réglages ne disent pas {what} (Q22) : rien n'est proclamé.",
        todo=f"recopiez les statuts dans assembly.yaml, « statutes », « {setting} »",
    )
