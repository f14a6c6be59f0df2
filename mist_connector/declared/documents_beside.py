"""What may go with a document's mail: nothing that a mailbox may not hold, or that is made for one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mist_connector.bylaws.tiers import Tier
from mist_connector.errors import Problem

from .suggestion import quoted, suggest

if TYPE_CHECKING:
    from .documents import DocumentDeclaration, DocumentsFile
    from .reading import Document


def wrong_attachments(document: Document[DocumentsFile]) -> Iterator[Problem]:
    """Yield a setting that would attach what no mail may carry."""
    if document.value.attachments.tier.rank > Tier.COMMON.rank:
        what = "une pièce jointe de ce niveau ne part jamais par courriel"
        yield Problem(document.place("attachments", "tier"), what, "écrivez « common » ou « public »")


def wrong_beside(
    document: Document[DocumentsFile], at: tuple[str | int, ...], host: DocumentDeclaration
) -> Iterator[Problem]:
    """Yield what may not go with a document's mail."""
    file = document.value
    # A language that no other document has is told of by itself.
    known = {each.id: each for each in file.documents}
    if host.beside and host.delivery != "mail" and not host.recipients:
        what = "rien n’accompagne un document qui ne part pas par courriel"
        yield Problem(document.place(*at, "beside"), what, "retirez « beside »")
    for index, key in enumerate(host.beside):
        place = document.place(*at, "beside", index)
        if key not in known:
            yield Problem(place, f"il n’existe pas de document {quoted(key)}", suggest(key, known))
        elif known[key].delivery == "mail":
            yield Problem(place, f"{quoted(key)} part déjà par courriel, seul", "retirez-le de « beside »")
        else:
            yield from (
                Problem(place, f"{quoted(key)} {what}", todo) for what, todo in _unfit(file, host, known[key])
            )
    audiences = {each.id for each in file.audiences}
    if all(key in known and known[key].audience in audiences for key in host.beside):
        attached = file.beside(host, attached=True)
        if len(attached) > 1:
            what = "un courriel porte une pièce jointe au plus"
            yield Problem(document.place(*at, "beside"), what, "gardez-en une")


def _unfit(
    file: DocumentsFile, host: DocumentDeclaration, paper: DocumentDeclaration
) -> Iterator[tuple[str, str]]:
    """Yield why a paper can neither be attached to a mail nor be told of in it, with what to do."""
    audience = next((each for each in file.audiences if each.id == paper.audience), None)
    if audience is None:
        return
    known = {each for one in file.documents for each in one.languages if one is not host}
    if not known & set(host.languages) <= set(paper.languages):
        yield "n’existe pas dans chaque langue de ce courriel", "ajoutez la langue"
    attached = audience.tier.rank <= file.attachments.tier.rank
    if attached and paper.one_for is not None:
        yield (
            "est fait pour une personne : une pièce jointe est la même pour toutes",
            "retirez-le de « beside »",
        )
    if not attached and audience.elsewhere is None:
        yield (
            "ne se joint pas à un courriel, et rien ne dit où l’obtenir",
            "dites-le (« elsewhere » du public)",
        )
