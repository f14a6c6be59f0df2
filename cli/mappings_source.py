"""The texts of the mapping files: those delivered with mist, or those of another folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mist_connector.declared.reading import Source
from mist_connector.declared.taken import DELIVERED as TAKEN
from mist_connector.declared.taken import with_delivered
from mist_connector.errors import DeclarationError, MistError, Place, Problem
from mist_connector.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

DELIVERED = "mist_connector.mappings"


def load_sources(directory: Path | None) -> dict[str, Source]:
    """Return every mapping file's text by its path below the folder, sorted; None: those delivered.

    A folder with a `delivered.yaml` takes the files that it names there from those delivered.
    Raises `DeclarationError` for files that are no UTF-8 text, `MistError` for those that cannot be read.
    """
    folder: Traversable = directory or files(DELIVERED)
    shown = directory.as_posix() if directory else "mappings"
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path, file in sorted(_mapping_files(folder, PurePosixPath())):
        name = f"{shown}/{path}"
        text = _text(name, file, problems)
        sources[str(path)] = Source(name, text)
    if TAKEN in sources:
        sources = with_delivered(sources, load_sources(None), problems)
    if problems:
        raise DeclarationError(problems)
    return sources


def _mapping_files(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    """Yield the YAML files of a folder and of those below it, each with its path."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _mapping_files(entry, at / entry.name)
        elif entry.name.endswith(".yaml"):
            yield at / entry.name, entry


def _text(name: str, file: Traversable, problems: list[Problem]) -> str:
    """Return the text of a file; report where it stops being UTF-8."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise MistError(
            _("Impossible de lire {name}.").format(name=name), todo=_("Vérifiez les droits sur ce fichier.")
        ) from error
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        *before, line = content[: error.start].decode().split("\n")
        place = Place(name, len(before) + 1, len(line) + 1)
        problems.append(
            Problem(place, _("ce n’est pas du texte UTF-8"), _("enregistrez le fichier en UTF-8"))
        )
    return ""
