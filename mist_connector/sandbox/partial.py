"""Directories that are either complete or not there, whenever the work is killed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".partial-"


@contextmanager
def partial_directory(parent: Path) -> Iterator[Path]:
    """Give an empty directory to fill beside the final one; whoever filled it renames it when all is there.

    What killed runs left behind is removed first, what a failed run leaves is removed at the end. The caller
    holds the lock. A process that outlived its killed parent may still write into an old directory: each run
    has a new name, so it can disturb nothing.
    """
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for leftover in parent.glob(f"{_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    directory = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def finished(parent: Path) -> list[Path]:
    """Return the complete directories, sorted by name."""
    if not parent.is_dir():
        return []
    return sorted(path for path in parent.iterdir() if path.is_dir() and not path.name.startswith("."))
