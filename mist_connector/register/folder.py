"""The register's files on disk: found and read, written for their owner alone, all of them or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from mist_connector.blueprint.register import RegisterTable
from mist_connector.crm.private_files import provisional, unwritable, write_private
from mist_connector.crm.whole_folders import becoming_whole, require_whole
from mist_connector.declared.reading import quoted, suggest
from mist_connector.errors import DeclarationError, MistError, Place, Problem
from mist_connector.language import _

from .encodings import decoded


def chosen(tables: Sequence[RegisterTable], only: Collection[str]) -> tuple[RegisterTable, ...]:
    """Return the tables asked for by name, or all that are not kept separate; raise MistError for others."""
    names = [table.file for table in tables]
    for word in only:
        if word not in names:
            hint = suggest(word, names) or _("possibles : {names}").format(names=", ".join(names))
            raise MistError(
                _("Il n'y a pas de fichier {word} dans le registre.").format(word=quoted(word)), todo=hint
            )
    return tuple(table for table in tables if (table.file in only if only else not table.separately))


def read_texts(
    path: Path, tables: Sequence[RegisterTable], only: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Return the name and text of each file that is there, by table.

    Raises DeclarationError for files that are no table of the register, or no text; MistError where
    there is nothing to read, or where what wrote the folder was killed.
    """
    wanted = chosen(tables, only)
    require_whole(path)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    problems = list(_strangers(files, tables))
    names = {table.filename: table.file for table in wanted}
    texts = {names[file.name]: (str(file), _text(file, problems)) for file in files if file.name in names}
    if problems:
        raise DeclarationError(problems)
    if not texts:
        expected = ", ".join(table.filename for table in wanted)
        raise MistError(
            _("Rien à lire dans {path}.").format(path=path),
            todo=_("fichiers attendus : {expected}").format(expected=expected),
        )
    return texts


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files for their owner alone, all of them or, on a full disk, none; return where they are.

    Each is written beside its place first, then all are moved there; a kill in between leaves the folder
    marked as incomplete.
    """
    staged = {name: provisional(folder / name) for name in files}
    try:
        for name, content in files.items():
            write_private(staged[name], content)
        with becoming_whole(folder, list(files)):
            for name, path in staged.items():
                path.replace(folder / name)
    except OSError as error:
        raise unwritable(error, folder) from None
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)
    return [folder / name for name in files]


def _strangers(files: Sequence[Path], tables: Sequence[RegisterTable]) -> list[Problem]:
    known = [table.filename for table in tables]
    return [
        Problem(Place(str(file), 1, 1), _("ce fichier n’est pas du registre"), suggest(file.name, known))
        for file in files
        if file.name not in known
    ]


def _text(file: Path, problems: list[Problem]) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise MistError(
            _("Impossible de lire {file} : {strerror}.").format(file=file, strerror=error.strerror),
            todo=_("vérifiez ses droits"),
        ) from None
    try:
        return decoded(content)[0]
    except ValueError:
        problems.append(
            Problem(Place(str(file), 1, 1), _("ce n’est pas du texte"), _("enregistrez en CSV, UTF-8"))
        )
        return ""
