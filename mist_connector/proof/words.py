"""Invented words that are nowhere else: where one of them appears, something was read."""

from __future__ import annotations

import base64
import io
import secrets
import zipfile
from dataclasses import dataclass, field

LETTERS = "bcdfghjklmnpqrstvwz"


@dataclass(frozen=True)
class Words:
    """One word for each tier, and one for an ordinary contact, which anybody with an account may read."""

    by_tier: dict[str, str] = field(repr=False)

    @classmethod
    def invented(cls, tiers: tuple[str, ...]) -> Words:
        """Return new words, never the same twice."""
        return cls({tier: "canari" + "".join(secrets.choice(LETTERS) for _ in range(12)) for tier in tiers})


def shows(text: str, word: str) -> bool:
    """Tell whether a text holds the word: as it is, or as part of something in base 64."""
    return word in text.lower() or any(part in text for part in _encoded(word))


def readable(body: bytes) -> str:
    """Return what a body says: a workbook is opened, anything else is text."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return " ".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())


def _encoded(word: str) -> list[str]:
    """Return the middle of the word in base 64, for the three ways in which it may be aligned."""
    whole = [base64.b64encode(b"-" * shift + word.encode()).decode() for shift in range(3)]
    return [text[4:-4].rstrip("=") for text in whole]
