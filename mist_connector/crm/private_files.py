"""Files that only their owner may read: written whole or not at all, and refused if others can read them."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from mist_connector.errors import MistError
from mist_connector.language import _

_REASONS = {
    errno.ENOSPC: _("le disque est plein"),
    errno.EDQUOT: _("le quota du disque est atteint"),
    errno.EROFS: _("le disque est en lecture seule"),
    errno.EACCES: _("ce compte n’en a pas le droit"),
    errno.EPERM: _("ce compte n’en a pas le droit"),
}
# As `provisional` names a file: no other program names one so.
_PROVISIONAL = re.compile(r"\..+\.(?P<process>[1-9]\d*)\.mist")


def provisional(path: Path) -> Path:
    """Return how a file is named until it is whole, or until all that belong together are."""
    return path.with_name(f".{path.name}.{os.getpid()}.mist")


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file of mode 600, in a directory of mode 700; after a kill, the old or the new is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = provisional(path)
    staged.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        staged.replace(path)
    except BaseException:  # a full disk, a key pressed: nothing of it stays
        staged.unlink(missing_ok=True)
        raise


def of_a_disk(error: OSError) -> bool:
    """Tell whether it is a disk that took no more; such an error need not name the file."""
    return error.errno in _REASONS


def unwritable(error: OSError, path: Path | str) -> MistError:
    """Return what to say where a disk did not take a file; the path is empty where it is not known."""
    reason = _REASONS.get(error.errno or 0, error.strerror or _("refus du système"))
    where = f" {path}" if path else ""
    return MistError(
        _("Impossible d’écrire{where} : {reason}.").format(where=where, reason=reason),
        todo=_("Faites de la place, ou vérifiez les droits ; ce qui y était avant y est encore."),
    )


def sweep(folder: Path) -> tuple[Path, ...]:
    """Remove what a command that was killed left half written in a folder; return what it was."""
    left = []
    for path in sorted(folder.glob(".*")):
        found = _PROVISIONAL.fullmatch(path.name)
        if found and not alive(int(found["process"])):
            path.unlink(missing_ok=True)
            left.append(path)
    return tuple(left)


def alive(process: int) -> bool:
    """Tell whether a process of this machine is still at work."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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
        _("Le fichier {path} ne peut pas être lu.").format(path=path),
        todo=_("Vérifiez qu’il existe, ou relancez « mist init »."),
    )


def _expect_private(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise MistError(
            _("{path} n’est pas un fichier.").format(path=path),
            todo=_("Donnez le chemin d’un fichier ordinaire."),
        )
    if status.st_uid != os.geteuid():
        raise MistError(
            _("Le fichier {path} appartient à quelqu’un d’autre.").format(path=path),
            todo=_("Donnez un fichier à vous, que vous seul pouvez lire."),
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise MistError(
            _("D’autres que vous peuvent ouvrir le fichier {path}.").format(path=path),
            todo=_("Changez le secret s’il a pu être lu, puis : chmod 600 {path}").format(path=path),
        )
