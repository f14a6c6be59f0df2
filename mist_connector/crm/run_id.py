"""A word for one run of a command, by which another on the same machine knows whether it has ended."""

from __future__ import annotations

import os
import platform
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from .private_files import alive

PATTERN = r"(?P<machine>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8}"
_BOOT = Path("/proc/sys/kernel/random/boot_id")  # on Linux: another after each start of the machine


def run_id() -> str:
    """Return a word for this run: its machine, without telling its name, its process, and itself."""
    return f"{_machine()}-{os.getpid()}-{token_hex(4)}"


def has_ended(word: str) -> bool | None:
    """Tell whether the run of this word has ended; None where only another machine can know."""
    made = re.fullmatch(PATTERN, word)
    if made is None or made["machine"] != _machine():
        return None
    return not alive(int(made["process"]))


@cache
def _machine() -> str:
    boot = _BOOT.read_text(encoding="ascii") if _BOOT.exists() else ""
    return sha256(f"{platform.node()} {boot}".encode()).hexdigest()[:8]
