"""Days as people write them in French, as programs write them, and as spreadsheets count them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
_WHOLE = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_FRENCH = re.compile(r"(\d{1,2})(?:er)?[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?: \d{1,2}[:h]\d{2}(?::\d{2})?)?")
_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)?[-/. ]+([a-z]{3,9})\.?[-/. ]+(\d{4}|\d{2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
# What a spreadsheet counts from: its first of January 1900 is a day late, since it knows a 29 February 1900.
_EPOCH, _FIRST, _LAST = date(1899, 12, 30), 14_611, 73_415  # 1940 to 2100
_SHORT_YEAR = 2  # digits
_CENTURY = 69  # two digits from here on are of the twentieth century, as everywhere in Python


def read_day(text: str) -> date | None:
    """Return the day that a text names, or None where it names none, or not one alone."""
    plain = _plain(text)
    for form in (_iso, _french, _words, _compact, _serial):
        if (found := form(plain)) is not None:
            return found
    return None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def _iso(text: str) -> date | None:
    found = _ISO.fullmatch(text)
    return _day(found[1], found[2], found[3]) if found else None


def _french(text: str) -> date | None:
    found = _FRENCH.fullmatch(text)
    return _day(found[3], found[2], found[1]) if found else None


def _words(text: str) -> date | None:
    found = _WORDS.fullmatch(text)
    month = _month(found[2]) if found else None
    return _day(found[3], month, found[1]) if found and month else None


def _compact(text: str) -> date | None:
    found = _COMPACT.fullmatch(text)
    return _day(found[1], found[2], found[3]) if found else None


def _serial(text: str) -> date | None:
    found = _SERIAL.fullmatch(text)
    if found is None or not _FIRST <= int(found[1]) <= _LAST:
        return None
    return _EPOCH + timedelta(days=int(found[1]))


def _month(word: str) -> int | None:
    """Return the number of a month that is written out, or cut short where that leaves no doubt."""
    begun = [number for number, whole in enumerate(_WHOLE, start=1) if whole.startswith(word)]
    short = [number for number, start in enumerate(_MONTHS, start=1) if word == start or word == start[:3]]
    return begun[0] if len(begun) == 1 else short[0] if len(short) == 1 else None


def _day(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    if len(year) == _SHORT_YEAR:
        number += 1900 if number >= _CENTURY else 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
