"""One way by which something about a record may reach somebody, and how what she was told is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.bylaws.matrix import Act
from mist_connector.crm.profiles import TransportName

from .doors import Visitor, said
from .planting import Planted, Target

# Where a way is tried on what direction alone reads; `concerned`: on what she is accused of.
SECRETS = ("person", "file", "investigation")
ALL = (*SECRETS, "concerned")

Try = Callable[[Visitor, Target, Planted], str]
Arguments = Callable[[Target], Mapping[str, Any]]


@dataclass(frozen=True)
class Channel:
    """One way: its name, what the matrix calls it, how it is tried, and on records of which models.

    `tried` returns what the visitor was told: the target's word in it means that she read the record. A way
    with a `control` is open to nobody; the control is the same request about something ordinary, and the
    word in its answer tells that the request itself works.
    """

    id: str
    fr: str
    tried: Try
    act: Act = Act.READ
    on: tuple[str, ...] = ("person", "file")
    control: Try | None = None


def text(method: str, arguments: Arguments, *, transport: TransportName = TransportName.JSON2) -> Try:
    """Return a try that takes a method's whole answer, or the error's words."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        return said(who.ways[transport], it.model.technical, method, **arguments(it))

    return tried


def found(method: str, arguments: Arguments) -> Try:
    """Return a try that tells by numbers alone: a count above none, or the record's id in a list."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        return it.word if _names(said(who.crm, it.model.technical, method, **arguments(it)), it.id) else ""

    return tried


def refused(tried: Try) -> Try:
    """Return the control of a way through error texts: the word, where the request was indeed refused."""

    def control(who: Visitor, it: Target, planted: Planted) -> str:
        answer = tried(who, it, planted)
        return it.word if answer.startswith("refused") or '"error"' in answer else ""

    return control


def _names(told: str, row_id: int) -> bool:
    if told.isdigit():
        return int(told) > 0
    return told.startswith("[") and str(row_id) in told.strip("[]").split(", ")
