"""What a closed assembly is held to: a digest of all that was noted of it, and its minutes' number."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date

_NUMBER = re.compile(r"AG-(\d{4})-(\d+)", re.ASCII)


def digest(content: object) -> str:
    """Return a digest of everything noted: another mark, vote or presence has another one."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def next_number(known: Iterable[str], on: date) -> str:
    """Return the number of the minutes of an assembly: its year, and the place among those of the year."""
    found = [_NUMBER.fullmatch(number) for number in known]
    places = [int(each[2]) for each in found if each is not None and int(each[1]) == on.year]
    return f"AG-{on.year}-{max(places, default=0) + 1}"
