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


class Risk(Strict):
    """A risk to the people in the register, and what answers it."""

    risk: Text
    answer: Text


class ProcessingWords(Strict):
    """What the record of processing says beside what follows from the other files.

    `controller`, `contact`, `host`: None until the association has said them.
    """

    controller: str | None = None
    contact: str | None = None
    host: str | None = None
    purposes: tuple[Text, ...] = Bound(min_length=1)
    subjects: tuple[Text, ...] = Bound(min_length=1)
    sensitive: Text
    transfers: Text
    measures: tuple[Text, ...] = Bound(min_length=1)
    risks: tuple[Risk, ...] = Bound(min_length=1)


class Retention(Strict):
    """The settings that the association's decision on keeping data fills in.

    `review_after_months`: None where it has not decided; nothing is invented then. `due`: the expectation
    that finds whose data are kept for too long; None: data are erased on request only. `record`: the words of
    the record of processing.
    """

    decision: str
    review_after_months: int | None = Bound(default=None, ge=1)
    due: str | None = None
    stays: tuple[Staying, ...] = ()
    record: ProcessingWords
