"""One command at a time changes the cache; the lock of a killed command is free again at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mist_connector.reporting import Reporter


@contextmanager
def held(path: Path, reporter: Reporter) -> Iterator[None]:
    """Hold the lock on a file; waits for whoever holds it, and says so.

    The kernel gives the lock back when its holder dies, however it dies; child processes do not inherit it.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reporter.step("Une autre commande prépare un bac à sable : j'attends qu'elle finisse")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
