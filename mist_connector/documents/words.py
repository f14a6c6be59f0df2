"""Dates and numbers as people read them, in each language of the documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

_MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fr": (
            "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ),
        "en": (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
    }
)  # fmt: skip
_THOUSANDS: Mapping[str, str] = MappingProxyType({"fr": "\N{NARROW NO-BREAK SPACE}", "en": ","})


def date_in_words(day: date, language: str) -> str:
    """Return a date as it is read, e.g. “1er mars 2026”, kept together on one line."""
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{first}\N{NO-BREAK SPACE}{_MONTHS[language][day.month - 1]}\N{NO-BREAK SPACE}{day.year}"


def number_in_words(number: int, language: str) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,}".replace(",", _THOUSANDS[language])
