"""Edges: the moments at which a date begins or ceases to be recent or old enough, stored beside it.

A day is another span of time in each time zone, and the CRM takes the zone from whoever asks. A moment is the
same for everybody: leases open and close at midnight where the association is.
"""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.bylaws.text import Text
from mist_connector.conditions.lapse import Lapse

AT_ONCE = Lapse()


@dataclass(frozen=True)
class Edge:
    """The moment at which a date is `lapse` ago, or, `past` it, for the first time longer ago than that."""

    day: str
    lapse: Lapse = AT_ONCE
    past: bool = False

    @property
    def column(self) -> str:
        """The column that holds the moment."""
        if self.lapse == AT_ONCE:
            return _BY_DAY.get((self.day, self.past), f"{self.day}_{'past' if self.past else 'reached'}")
        word = "outgrown" if self.past else "grown"
        return f"{self.day}_{word}_{_plain(self.lapse.months)}m{_plain(self.lapse.days)}d"

    @property
    def label(self) -> Text:
        """What the column is called."""
        return _LABELS.get(self.column, Text(fr=f"Instant ({self.column})", en=f"Moment ({self.column})"))


# A term's own two edges.
OPENS = Edge("x_since")
CLOSES = Edge("x_until", past=True)
_BY_DAY = {("x_since", False): "x_opens", ("x_until", True): "x_closes", ("x_ends", True): "x_closes"}
_LABELS = {
    "x_opens": Text(fr="Ouvre à", en="Opens at"),
    "x_closes": Text(fr="Ferme à", en="Closes at"),
}


def _plain(number: int) -> str:
    return str(number) if number >= 0 else f"n{-number}"
