"""A rendered document as a file that only its owner reads: PDF, HTML or text, by the end of its name."""

from __future__ import annotations

from pathlib import Path

from mist_connector.crm.private_files import write_private
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.pdf import to_pdf
from mist_connector.errors import MistError

ENDINGS = (".pdf", ".html", ".txt")


def check_ending(file: Path) -> None:
    """Raise MistError unless the name ends as one of the kinds of file."""
    if file.suffix not in ENDINGS:
        raise MistError(
            f"« {file.name} » ne finit ni par .pdf, ni par .html, ni par .txt.",
            todo="choisissez l’une de ces fins",
        )


def write_page(file: Path, page: Rendered) -> None:
    """Write a document as its name says."""
    if file.suffix == ".pdf":
        write_private(file, to_pdf(page))
    else:
        write_private(file, page.html if file.suffix == ".html" else page.text)
