"""The mappings that a command works with: those delivered, or those of `--mappings`."""

from __future__ import annotations

from pathlib import Path

from mist_connector.declared.everything import Declared, declare

from .mappings_source import load_sources


def declared(directory: Path | None = None) -> Declared:
    """Return everything that the mapping files declare; raise DeclarationError with every problem."""
    return declare(load_sources(directory))
