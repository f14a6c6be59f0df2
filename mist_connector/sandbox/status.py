"""Which sandboxes there are, which of them run, and where."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from mist_connector.errors import SandboxError

from . import server, state
from .partial import finished
from .places import Places, default_places
from .server import Programs


@dataclass(frozen=True)
class Status:
    """One sandbox as seen from outside; no secret."""

    name: str
    running: bool
    url: str
    mail_dir: Path
    log_file: Path
    source: str


def status(*, places: Places | None = None) -> list[Status]:
    """Return every sandbox of the cache, sorted by name."""
    places = places or default_places()
    return [_status(Programs(directory.name, directory)) for directory in finished(places.sandboxes)]


def logs(name: str, *, lines: int, places: Places | None = None) -> list[str]:
    """Return the last lines of a sandbox's Odoo log.

    Raises SandboxError if there is none yet.
    """
    programs = Programs(name, (places or default_places()).sandbox(name))
    if not programs.log.exists():
        raise SandboxError(
            f"Le bac à sable « {name} » n'a pas encore de journal.", todo=f"mist sandbox up --name {name}"
        )
    with programs.log.open(encoding="utf-8", errors="replace") as file:
        return [line.rstrip("\n") for line in deque(file, maxlen=lines)]


def _status(programs: Programs) -> Status:
    """Look at one sandbox."""
    known = state.read(programs.directory)
    return Status(
        name=programs.name,
        running=bool(known) and programs.odoo_running,
        url=server.url(known.port) if known else "",
        mail_dir=programs.mail,
        log_file=programs.log,
        source=known.source if known else "",
    )
