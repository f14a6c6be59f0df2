"""Terms of a domain joined, in the CRM's prefix notation, as the text of Python code."""

from __future__ import annotations

from collections.abc import Sequence

EVERYTHING = "(1, '=', 1)"
NOBODY = "(0, '=', 1)"


def both(terms: Sequence[str]) -> str:
    """Return terms joined by « and »; every record without any."""
    return ", ".join(["'&'"] * (len(terms) - 1) + list(terms)) or EVERYTHING


def either(terms: Sequence[str]) -> str:
    """Return terms joined by « or »; no record without any."""
    return ", ".join(["'|'"] * (len(terms) - 1) + list(terms)) or NOBODY


def one_of(column: str, values: Sequence[str | bool]) -> str:
    """Return that a column has one of these values."""
    if len(values) == 1:
        return f"('{column}', '=', {values[0]!r})"
    return f"('{column}', 'in', {list(values)!r})"
