"""A digest of mapping files: the same for the same bylaws, whatever is said about them in comments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from .reading import Source

LENGTH = 16  # hexadecimal digits: enough to tell bylaws apart, short enough to be read out


def mappings_digest(sources: Mapping[str, Source]) -> str:
    """Return the digest of mapping files; blank lines, and lines of comment alone, count for nothing."""
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(f"{path}\n".encode())
        for line in _lines(sources[path].text):
            digest.update(f"{line}\n".encode())
    return digest.hexdigest()[:LENGTH]


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if (bare := line.strip()) and not bare.startswith("#"):
            yield line.rstrip()
