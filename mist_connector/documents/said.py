"""A text in the language of the one who reads it."""

from __future__ import annotations

from mist_connector.bylaws.text import Text


def said(text: Text, language: str) -> str:
    """Return a text in one language."""
    return text.fr if language == "fr" else text.en
