"""Small counts are masked, so that no figure tells about few people.

A count below the minimum is masked, zero alike. Where a total is shown beside the counts, further ones are
masked until the masked ones together are at least twice the minimum: less could be found again by
subtraction. *Which* further ones depends on their order alone, never on their values: choosing the smallest
would tell that the others are larger, and give masked counts away to whoever knows the method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Table:
    """Counts by name, in order, and their total; None: masked."""

    cells: Mapping[str, int | None]
    total: int | None

    @property
    def masked(self) -> bool:
        """True if anything is masked."""
        return self.total is None or None in self.cells.values()


def suppress(counts: Mapping[str, int], *, minimum: int) -> Table:
    """Return counts and their total as they may be shown; the last ones are given up first."""
    masked = {key for key, count in counts.items() if count < minimum}
    visible = [key for key in counts if key not in masked]
    while masked and not _protected(masked, counts, minimum):
        if not visible:
            return Table(MappingProxyType(dict.fromkeys(counts)), None)
        masked.add(visible.pop())
    cells = {key: None if key in masked else count for key, count in counts.items()}
    return Table(MappingProxyType(cells), sum(counts.values()))


def suppress_one(count: int, *, minimum: int) -> int | None:
    """Return a count that stands alone, as it may be shown."""
    return count if count >= minimum else None


def _protected(masked: set[str], counts: Mapping[str, int], minimum: int) -> bool:
    return len(masked) > 1 and sum(counts[key] for key in masked) >= 2 * minimum
