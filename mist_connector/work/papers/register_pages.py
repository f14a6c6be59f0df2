"""The documents of the whole association, made from the register, in each language."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import compiled
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.composing import from_register
from mist_connector.documents.register_told import RegisterTold


def register_pages(
    rules: Declared, key: str, sources: Mapping[str, str], told: RegisterTold
) -> dict[str, Rendered]:
    """Return a document in each of its languages."""
    document = compiled(rules, key, sources)
    return {
        language: document.render(from_register(rules, key, told, language=language), language=language)
        for language in document.declaration.languages
    }
