"""Which e-mail address a mail may go to: one plain address, which no server could read as two."""

from __future__ import annotations

import re

LONGEST = 254

# Narrower than the standard on purpose: no quotes, comments, groups, lists, display names or line breaks.
_ADDRESS = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}",
    re.ASCII,
)


def is_one_address(text: str) -> bool:
    """Tell whether a text is exactly one plain address."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None
