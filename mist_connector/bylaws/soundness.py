"""Days that can never be right, in old data: named one by one, and left out, so that all else is decided.

Days that are only improbable are named too, and count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from mist_connector.remembered import Remembered

from .checks import CheckId
from .facts import CommonFacts, Facts
from .findings import Finding, Word, found
from .provisions import Provisions

_NEEDED = frozenset({"on", "since"})
Known = Facts | CommonFacts
K = TypeVar("K", Facts, CommonFacts)


@dataclass(frozen=True)
class Unsound:
    """A day that may not be right: of which kind of record, in which of its fields."""

    kind: str
    name: str
    day: date


def sound(facts: K, earliest: int) -> K:
    """Return facts without the days that cannot be right; a fact that rests on such a day is left out."""
    if next(_impossible(facts, earliest), None) is None:
        return facts
    kept: dict[str, Any] = {
        name: None for name in _days(type(facts)) if _wrong(getattr(facts, name), earliest)
    }
    for kind in _kinds(type(facts)):
        mended = (_mended(fact, earliest) for fact in getattr(facts, kind))
        kept[kind] = tuple(fact for fact in mended if fact is not None)
    return replace(facts, **kept)


def soundness_findings(facts: Known, provisions: Provisions, *, on: date) -> Iterator[Finding]:
    """Find days that cannot be right, or are improbable, and terms that end before they begin.

    `facts` as they are recorded.
    """
    days = tuple(_all_days(facts))
    wrong = {
        CheckId.IMPOSSIBLE_DAY: (each for each in days if _wrong(each.day, provisions.earliest)),
        CheckId.IMPROBABLE_DAY: _improbable(days, provisions, on),
        CheckId.ENDS_BEFORE_IT_BEGINS: _backwards(facts),
    }
    for check_id, several in wrong.items():
        check = provisions.check(check_id)
        if check is not None:
            for each in several:
                field = provisions.field_in_words(each.kind, each.name)
                words: dict[str, Word] = {"field": field.label, "day": each.day}
                yield found(check, words, rule=field.rule, code=getattr(facts, "code", None))


def _impossible(facts: Known, earliest: int) -> Iterator[Unsound]:
    return (each for each in _all_days(facts) if _wrong(each.day, earliest))


def _improbable(days: tuple[Unsound, ...], provisions: Provisions, on: date) -> Iterator[Unsound]:
    for each in days:
        possible = not _wrong(each.day, provisions.earliest)
        if possible and provisions.plausible.doubts(each.day, each.name, on=on):
            yield each


def _all_days(facts: Known) -> Iterator[Unsound]:
    """Yield every day that is recorded."""
    yield from _days_on("person", facts)
    for kind in _kinds(type(facts)):
        for fact in getattr(facts, kind):
            yield from _days_on(kind, fact)


def _days_on(kind: str, record: object) -> Iterator[Unsound]:
    for name in _days(type(record)):
        day = getattr(record, name)
        if day is not None:
            yield Unsound(kind, name, day)


def _backwards(facts: Known) -> Iterator[Unsound]:
    """Yield the ends of terms that lie before their beginning; a resignation may do so (see Mandate)."""
    for kind in _kinds(type(facts)):
        for fact in getattr(facts, kind):
            until = getattr(fact, "until", None)
            if until is not None and not getattr(fact, "resigned_on", None) and until < fact.since:
                yield Unsound(kind, "until", until)


def _mended(fact: Any, earliest: int) -> Any:  # noqa: ANN401 - facts of any kind
    wrong = {name for name in _days(type(fact)) if _wrong(getattr(fact, name), earliest)}
    if not wrong:
        return fact
    return None if _NEEDED & wrong else replace(fact, **dict.fromkeys(wrong))


def _wrong(day: date | None, earliest: int) -> bool:
    return day is not None and day.year < earliest


def _days_of(shape: type) -> tuple[str, ...]:
    """Return the names of the days of a kind of record."""
    return tuple(each.name for each in fields(shape) if str(each.type).startswith("date"))


# Codes of people, and no facts.
_CODES = frozenset({"shared_addresses", "alike"})


def _kinds_of(shape: type) -> tuple[str, ...]:
    """Return the names of the kinds of fact that facts hold; addresses that people share are none."""
    several = (each.name for each in fields(shape) if str(each.type).startswith("tuple"))
    return tuple(name for name in several if name not in _CODES)


_days = Remembered(_days_of)
_kinds = Remembered(_kinds_of)
