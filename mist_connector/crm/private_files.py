"""Files that only their owner may read: written whole or not at all, and refused if others can read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mist_connector.errors import MistError


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file of mode 600, in a directory of mode 700; after a kill, the old or the new is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    provisional = path.with_name(f".{path.name}.{os.getpid()}")
    provisional.unlink(missing_ok=True)
    with os.fdopen(os.open(provisional, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
    provisional.replace(path)


def read_private(path: Path) -> str:
    """Return a file's text.

    Raises `MistError` if there is none, or if it belongs to somebody else or others may open it: then its
    content may not be ours, and is no secret any more.
    """
    try:
        with path.open(encoding="utf-8") as file:
            _expect_private(path, os.fstat(file.fileno()))
            return file.read()
    except (OSError, UnicodeError):
        pass
    raise MistError(
        f"Le fichier {path} ne peut pas être lu.", todo="Vérifiez qu’il existe, ou relancez « mist init »."
    )


def _expect_private(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise MistError(f"{path} n’est pas un fichier.", todo="Donnez le chemin d’un fichier ordinaire.")
    if status.st_uid != os.geteuid():
        raise MistError(
            f"Le fichier {path} appartient à quelqu’un d’autre.",
            todo="Donnez un fichier à vous, que vous seul pouvez lire.",
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise MistError(
            f"D’autres que vous peuvent ouvrir le fichier {path}.",
            todo=f"Changez le secret s’il a pu être lu, puis : chmod 600 {path}",
        )
