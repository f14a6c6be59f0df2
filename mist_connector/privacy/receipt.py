"""What came of an erasure, as the journal keeps it, and the receipt of it: a keyed digest."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .shielding import Place, places_of

_SHOWN = 32  # hexadecimal digits of a receipt


@dataclass(frozen=True)
class Erased:
    """What was done, and the places outside of the register where she is still named.

    `outcome` is the same as the journal keeps it, in which `on` and `account` say when, and by whom.
    """

    code: str
    on: date
    account: str
    outcome: str
    removed: Mapping[str, int]
    cleaned: Mapping[str, int]
    places: tuple[Place, ...]
    unread: int

    @classmethod
    def told(cls, code: str, on: date, account: str, outcome: str) -> Erased:
        """Read what the journal keeps of one erasure; of an earlier version it keeps no outcome."""
        words = [part.split(" ") for part in outcome.split("; ") if part]
        counts = [(each[0], each[1], int(each[2])) for each in words if len(each) == 3]  # noqa: PLR2004 - as written
        return cls(
            code,
            on,
            account,
            outcome,
            removed={model: count for kind, model, count in counts if kind == "removed"},
            cleaned={model: count for kind, model, count in counts if kind == "cleaned"},
            places=places_of([(model, number, code) for kind, model, number in counts if kind == "place"]),
            unread=sum(int(each[1]) for each in words if each[0] == "unread"),
        )

    def receipt(self, secret: bytes) -> str:
        """Return the receipt: of one erasure, whoever holds the secret makes the same, nobody else any."""
        told = f"{self.code} {self.on.isoformat()} {self.account} {self.outcome}"
        return hmac.new(secret, told.encode(), "sha256").hexdigest()[:_SHOWN]
