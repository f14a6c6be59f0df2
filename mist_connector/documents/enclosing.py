"""The paper that is attached to a mail: a PDF that is the same for everybody, and no heavier than allowed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from mist_connector.declared.everything import Declared
from mist_connector.errors import MistError

from .catalogue import find_document
from .compiled import Rendered
from .pdf import to_pdf


@dataclass(frozen=True)
class Enclosed:
    """An attachment: a name that says nothing, and its bytes."""

    name: str
    content: bytes = field(repr=False)


def enclose(declared: Declared, key: str, page: Rendered) -> Enclosed:
    """Return a rendered paper as an attachment.

    Raises MistError for a paper that no mail may carry, or that is heavier than a mail may be.
    """
    paper, limits = find_document(declared, key), declared.documents.attachments
    if declared.documents.ceiling(paper).rank > limits.tier.rank or paper.one_for is not None:
        raise MistError(f"« {key} » ne se joint pas à un courriel.", todo="retirez-le de « beside »")
    content = to_pdf(page)
    if len(content) > limits.largest_bytes:
        raise MistError(
            f"La pièce jointe « {key} » ({page.language}) pèse {len(content)} octets ; un courriel en porte "
            f"{limits.largest_bytes} au plus. Rien n’est parti.",
            todo="raccourcissez son modèle, ou changez « attachments » (documents.yaml)",
        )
    return Enclosed(f"{_plain(page.subject)}.pdf", content)


def _plain(subject: str) -> str:
    """Return a neutral subject as a file name that every mailbox shows alike."""
    letters = unicodedata.normalize("NFKD", subject.casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(filter(str.isascii, letters))).strip("-")
