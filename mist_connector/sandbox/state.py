"""What a sandbox remembers between two commands: its Odoo, its ports, its secrets."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

_FILE = "state.json"


@dataclass(frozen=True)
class State:
    """The facts of one sandbox that have to stay the same as long as its database lives."""

    source: str
    template: str
    port: int
    mail_port: int
    password: str = field(repr=False)
    api_key: str = field(repr=False)
    server_secret: str = field(repr=False)


def read(directory: Path) -> State | None:
    """Return what a sandbox remembers, or None if it is new, or was left by another version of mist."""
    try:
        return State(**json.loads((directory / _FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, TypeError, ValueError):
        return None


def write(directory: Path, state: State) -> None:
    """Remember, readable by nobody else; after a kill either the old or the new is there."""
    write_private(directory / _FILE, json.dumps(asdict(state), indent=2))


def forget(directory: Path) -> None:
    """Remember nothing any more."""
    (directory / _FILE).unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 600 as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    provisional = path.with_suffix(".partial")
    provisional.unlink(missing_ok=True)
    with os.fdopen(os.open(provisional, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    provisional.rename(path)
