"""What an erasure leaves of a person, and after how long her data are looked at again."""

from __future__ import annotations

from pydantic import Field as Bound

from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict


class Staying(Strict):
    """Records about a person that an erasure leaves, and why; `without`: fields that are emptied."""

    model: str
    rule: str
    because: Text
    without: tuple[str, ...] = ()


class Retention(Strict):
    """The settings that the association's decision on keeping data fills in.

    `review_after_months`: None where it has not decided; nothing is invented then. `due`: the expectation
    that finds whose data are kept for too long; None: data are erased on request only.
    """

    decision: str
    review_after_months: int | None = Bound(default=None, ge=1)
    due: str | None = None
    stays: tuple[Staying, ...] = ()
