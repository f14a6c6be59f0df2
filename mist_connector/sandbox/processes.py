"""Long-running programs of a sandbox: started apart, found again by a mark, stopped.

Each carries a mark in its environment. So it is found after any crash, even one between its start and the
moment its number could have been written down; and a foreign process that got an old number is never touched.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_MARK = "MIST_SANDBOX"
_PATIENCE = 10.0


def start(command: Sequence[str | Path], *, mark: str, log: Path, environment: Mapping[str, str]) -> int:
    """Start a program in a session of its own, its output appended to a log; return its process id."""
    with log.open("ab") as output:
        log.chmod(0o600)
        process = subprocess.Popen(  # noqa: S603 - no shell; the arguments are ours
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=with_mark(environment, mark),
            start_new_session=True,
        )
    _await_mark(process, mark)
    # The process outlives this one on purpose; without this, Python would warn that nobody waits for it.
    process.returncode = 0
    return process.pid


def with_mark(environment: Mapping[str, str], mark: str) -> dict[str, str]:
    """Return an environment that carries a mark."""
    return {**environment, _MARK: mark}


def marked(mark: str) -> list[int]:
    """Return the ids of the live processes that carry a mark, and that this user may look at."""
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _has(entry, mark)
    ]


def alive(process: int) -> bool:
    """Tell whether a process lives; one that died and that nobody has taken note of does not."""
    try:
        status = (Path("/proc") / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def stop(mark: str) -> None:
    """Stop every process that carries a mark: politely first, then for good."""
    for strength in (signal.SIGTERM, signal.SIGKILL):
        for process in marked(mark):
            _signal(process, strength)
        if _gone(mark):
            return


def _has(entry: Path, mark: str) -> bool:
    """Tell whether a process of /proc carries the mark; one that died meanwhile, or a zombie, does not."""
    try:
        return f"{_MARK}={mark}".encode() in (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _await_mark(process: subprocess.Popen[bytes], mark: str) -> None:
    """Wait until a program just started can be found by its mark, or has died.

    For a moment of its start, a process shows no environment yet: whoever looked then would take it for dead.
    """
    deadline = time.monotonic() + _PATIENCE
    entry = Path("/proc") / str(process.pid)
    while process.poll() is None and not _has(entry, mark) and time.monotonic() < deadline:
        time.sleep(0.01)


def _signal(process: int, strength: signal.Signals) -> None:
    """Send a signal to a process that may be gone already."""
    try:
        os.kill(process, strength)
    except ProcessLookupError:
        return


def _gone(mark: str) -> bool:
    """Wait until nothing carries the mark any more, as long as patience lasts."""
    deadline = time.monotonic() + _PATIENCE
    while marked(mark):
        _reap()
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _reap() -> None:
    """Take note of our own dead children, or they would stay as zombies."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return
