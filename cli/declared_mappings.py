"""The mappings that a command works with: those delivered, or those of `--mappings`."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.blueprint.hardening import Hardening
from mist_connector.crm.profiles import load_profile
from mist_connector.declared.blueprint_files import HARDENING
from mist_connector.declared.everything import Declared, declare
from mist_connector.declared.hardening import HardeningFile
from mist_connector.declared.mappings_digest import mappings_digest
from mist_connector.declared.reading import read
from mist_connector.errors import MistError
from mist_connector.language import _

from .mappings_source import load_sources


def declared(directory: Path | None = None) -> Declared:
    """Return everything that the mapping files declare; raise DeclarationError with every problem.

    Without a folder, those of the profile of the command at work, else those delivered.
    """
    return declare(load_sources(directory or _of_profile()))


def digest() -> str | None:
    """Return the digest of the mappings of the command at work; None for one that works without any."""
    context = click.get_current_context(silent=True)
    if context is None or "mappings" not in context.params:
        return None
    return mappings_digest(load_sources(context.params["mappings"] or _of_profile()))


def _of_profile() -> Path | None:
    """Return the folder of mappings that the profile of the command at work names."""
    context = click.get_current_context(silent=True)
    if context is None or "profile" not in context.params:
        return None
    try:
        folder = load_profile(context.params["profile"]).mappings
    except MistError:  # said where the profile is needed
        return None
    if folder is not None and not Path(folder).is_dir():
        raise MistError(
            _("Le dossier de règles du profil n'est plus là : {folder}.").format(folder=folder),
            todo=_("donnez --mappings DOSSIER, ou corrigez le profil : mist init --mappings DOSSIER"),
        )
    return None if folder is None else Path(folder)


def key_warning_days() -> int:
    """Return how long before its end a key is announced, by the mappings of the command at work.

    Of these, that one file is read: a command that works without mappings announces its key all the same. A
    file with problems is for the command itself to refuse; until then it is as long as anywhere.
    """
    context = click.get_current_context(silent=True)
    sources = load_sources((context.params.get("mappings") if context else None) or _of_profile())
    document = read(sources[HARDENING], HardeningFile, []) if HARDENING in sources else None
    return (document.value.hardening if document else Hardening()).key_warning_days
