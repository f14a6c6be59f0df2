"""Files that only their owner reads: a rendered document as PDF, HTML or text, or anything else."""

from __future__ import annotations

from pathlib import Path

from mist_connector.crm.private_files import sweep, unwritable, write_private
from mist_connector.crm.whole_folders import left_incomplete
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.pdf import to_pdf
from mist_connector.errors import MistError
from mist_connector.language import _

from . import console

ENDINGS = (".pdf", ".html", ".txt")


def check_ending(file: Path) -> None:
    """Raise MistError unless the name ends as one of the kinds of file."""
    if file.suffix not in ENDINGS:
        raise MistError(
            _("« {file.name} » ne finit ni par .pdf, ni par .html, ni par .txt.").format(file=file),
            todo=_("choisissez l’une de ces fins"),
        )


def write_page(file: Path, page: Rendered) -> None:
    """Write a document as its name says."""
    if file.suffix == ".pdf":
        write_file(file, to_pdf(page))
    else:
        write_file(file, page.html if file.suffix == ".html" else page.text)


def write_file(file: Path, content: str | bytes) -> None:
    """Write a file for its owner alone, whole or not at all; remove and name what a kill left beside it."""
    tell_swept(file.parent)
    try:
        write_private(file, content)
    except OSError as error:
        raise unwritable(error, file) from None


def tell_swept(folder: Path) -> None:
    """Remove and name what a command that was killed left half written in a folder."""
    for path in sweep(folder):
        console.note(_("Reste d’une commande interrompue, retiré : {path}").format(path=path))


def tell_incomplete(folder: Path) -> None:
    """Remove and name the files that a killed command had put into a folder without all the others."""
    for path in left_incomplete(folder):
        path.unlink()
        console.note(_("Reste d’une commande interrompue, retiré : {path}").format(path=path))
