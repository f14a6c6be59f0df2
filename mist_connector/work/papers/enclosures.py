"""What goes with a document's mail, made once in each language before anything leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import CONTENTS, MadeFrom, attached_to, compiled, find_document
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.composing import from_nothing
from mist_connector.documents.enclosing import Enclosed, enclose
from mist_connector.documents.words import date_in_words

Pages = Callable[[str], Mapping[str, Rendered]]


def enclosures(rules: Declared, key: str, sources: Mapping[str, str], pages_of: Pages) -> dict[str, Enclosed]:
    """Return the paper attached to a document's mail, in each language; none where there is none.

    `pages_of` makes a document of the same facts. Raises MistError for a paper heavier than a mail may be.
    """
    paper = attached_to(rules, key)
    if paper is None:
        return {}
    if CONTENTS[paper].made_from is MadeFrom.NOTHING:
        document = compiled(rules, paper, sources)
        pages: Mapping[str, Rendered] = {
            each: document.render(from_nothing(rules, paper, language=each), language=each)
            for each in document.declaration.languages
        }
    else:
        pages = pages_of(paper)
    return {language: enclose(rules, paper, page) for language, page in pages.items()}


def title_of(rules: Declared, key: str, on: date, more: str = "") -> str:
    """Return how staff read a dispatch in the CRM: the document and its day."""
    return f"{find_document(rules, key).label.fr}{more}, {date_in_words(on, 'fr')}"
