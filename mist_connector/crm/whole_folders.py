"""A folder into which a command puts several files: marked until all are there, and taken up after a kill."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from mist_connector.errors import MistError
from mist_connector.language import _

from .private_files import read_private, write_private

MARK = "INCOMPLET.txt"
_TOLD = (
    "Une commande de mist a été interrompue ici : ce dossier est incomplet. Relancez-la, ou effacez-le.\n"
    "(A command was interrupted here: this folder is incomplete. Run it again, or delete it.)\n"
)


@contextmanager
def becoming_whole(folder: Path, names: Collection[str]) -> Iterator[None]:
    """Mark a folder as incomplete while files of these names are put there; a kill leaves the mark."""
    mark = folder / MARK
    write_private(mark, _TOLD + "".join(f"{name}\n" for name in names))
    yield
    mark.unlink()


def left_incomplete(folder: Path) -> tuple[Path, ...]:
    """Return the mark in a folder, and the files that the command that was killed had put there."""
    mark = folder / MARK
    if not mark.exists():
        return ()
    named = read_private(mark).removeprefix(_TOLD).splitlines()
    files = [folder / name for name in named if name == Path(name).name]
    return (*(file for file in files if file.is_file()), mark)


def require_whole(folder: Path) -> None:
    """Raise MistError for a folder that a killed command left incomplete."""
    if (folder / MARK).exists():
        raise MistError(
            _("Le dossier {folder} est incomplet : ce qui l’écrivait a été interrompu ({mark}).").format(
                folder=folder, mark=MARK
            ),
            todo=_("relancez d’abord la commande qui l’écrivait"),
        )
