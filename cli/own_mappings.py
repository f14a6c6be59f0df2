"""The association's own copy of the mapping files: made from those delivered, and changed in one place."""

from __future__ import annotations

from pathlib import Path

from mist_connector.blueprint.hardening import Hardening
from mist_connector.crm.private_files import write_private
from mist_connector.declared.blueprint_files import HARDENING
from mist_connector.declared.hardening import HardeningFile
from mist_connector.declared.reading import read
from mist_connector.declared.sender_text import OwnSender, with_sender
from mist_connector.errors import DeclarationError, MistError, Problem
from mist_connector.language import _

from .mappings_source import load_sources


def export_mappings(folder: Path) -> int:
    """Copy the delivered mapping files to a new or empty folder; return how many there are."""
    if folder.exists() and any(folder.iterdir()):
        raise MistError(
            _("« {folder} » n’est pas vide.").format(folder=folder),
            todo=_("choisissez un autre dossier : rien n’est écrasé"),
        )
    sources = load_sources(None)
    for path, source in sources.items():
        write_private(folder / path, source.text)
    return len(sources)


def hardening_of(folder: Path | None) -> Hardening:
    """Return what the mapping files of a folder ask of the CRM itself; None: those delivered."""
    sources, problems = load_sources(folder), list[Problem]()
    document = read(sources[HARDENING], HardeningFile, problems) if HARDENING in sources else None
    if problems:
        raise DeclarationError(problems)
    return document.value.hardening if document else Hardening()


def delivered_address() -> str:
    """Return the invented address that the delivered mapping files name as the sender."""
    sender = hardening_of(None).sender
    return sender.address if sender else ""


def write_sender(folder: Path, own: OwnSender) -> None:
    """Write the association's sender into the mapping files of a folder, wholly or not at all."""
    file = folder / HARDENING
    write_private(file, with_sender(file.read_text(encoding="utf-8"), own))
