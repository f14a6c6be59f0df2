"""The texts of the documents' templates: those delivered with mist, or those of another folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mist_connector.documents.pictures import ENDING
from mist_connector.errors import MistError
from mist_connector.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

DELIVERED = "mist_connector.templates"


def load_templates(directory: Path | None) -> dict[str, str]:
    """Return every template by its path below the folder; None: those delivered.

    Raises `MistError` for a file that cannot be read as UTF-8 text.
    """
    folder: Traversable = directory or files(DELIVERED)
    return {str(path): _text(path, file) for path, file in sorted(_templates(folder, PurePosixPath()))}


def _templates(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _templates(entry, at / entry.name)
        elif entry.name.endswith((".j2", ENDING)):
            yield at / entry.name, entry


def _text(path: PurePosixPath, file: Traversable) -> str:
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise MistError(
            _("Impossible de lire le modèle {path} comme du texte UTF-8.").format(path=path),
            todo=_("Vérifiez ce fichier."),
        ) from error
