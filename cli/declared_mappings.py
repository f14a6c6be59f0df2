"""The mappings that a command works with: those delivered, or those of `--mappings`."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.blueprint.hardening import Hardening
from mist_connector.declared.blueprint_files import HARDENING
from mist_connector.declared.everything import Declared, declare
from mist_connector.declared.hardening import HardeningFile
from mist_connector.declared.reading import read

from .mappings_source import load_sources


def declared(directory: Path | None = None) -> Declared:
    """Return everything that the mapping files declare; raise DeclarationError with every problem."""
    return declare(load_sources(directory))


def key_warning_days() -> int:
    """Return how long before its end a key is announced, by the mappings of the command at work.

    Of these, that one file is read: a command that works without mappings announces its key all the same. A
    file with problems is for the command itself to refuse; until then it is as long as anywhere.
    """
    context = click.get_current_context(silent=True)
    sources = load_sources(context.params.get("mappings") if context else None)
    document = read(sources[HARDENING], HardeningFile, []) if HARDENING in sources else None
    return (document.value.hardening if document else Hardening()).key_warning_days
