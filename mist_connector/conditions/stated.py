"""What is stated elsewhere and a condition refers to: named conditions, and decisions of the association."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .forms import Form


@dataclass(frozen=True)
class Stated:
    """Where names, answers and numbers are looked up; each raises ValueError for what nobody states."""

    named: Callable[[str], Form]
    in_force: Callable[[str], bool]
    number: Callable[[str], int]


def _unknown(what: str) -> Callable[[str], Form]:
    def look_up(name: str) -> Form:
        raise ValueError(f"{what} «\xa0{name}\xa0»")

    return look_up


def _undecided(name: str) -> bool:
    raise ValueError(f"réponse inconnue «\xa0{name}\xa0»")


def _uncounted(name: str) -> int:
    raise ValueError(f"nombre inconnu «\xa0{name}\xa0»")


# For conditions that refer to nothing.
NOTHING = Stated(_unknown("condition inconnue"), _undecided, _uncounted)
