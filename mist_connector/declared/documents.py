"""The documents that the association sends: their audience, their languages, who receives them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field

from mist_connector.bylaws.offices import Number
from mist_connector.bylaws.statuses import ID, StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .documents_beside import wrong_attachments, wrong_beside
from .missions import Mission
from .reading import Document, Source, read
from .suggestion import quoted, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = ("fr", "en")


class Audience(Strict):
    """Who reads a document, and the highest tier that it may therefore hold.

    `elsewhere`: how one gets a document for them that no mail may carry.
    """

    id: str = Field(pattern=ID)
    label: Text
    tier: Tier
    elsewhere: Text | None = None


class Attachments(Strict):
    """Up to which tier a paper is attached to a mail, and how heavy it may be."""

    tier: Tier
    largest_bytes: int = Field(gt=0)


class SmallestCount(Strict):
    """The smallest count of people that is shown, and where it comes from."""

    minimum: int = Field(ge=2)
    source: Text


class Delivery(StrEnum):
    """How a document leaves: by mail, each person hers; or printed by staff, and then never by mail."""

    MAIL = "mail"
    PRINT = "print"


class OneFor(Strict):
    """Whom a document is made for, one copy each: exactly one of these says it."""

    has: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    left: str | None = None
    holds: tuple[str, ...] = ()

    @property
    def ways(self) -> int:
        """How many of the four are said."""
        return sum(map(bool, (self.has, self.became, self.left, self.holds)))


class DocumentDeclaration(Strict):
    """A document: who reads it, how it leaves, in which languages, under which subject.

    Nothing is mailed unless `delivery` says so: a document that forgets it is printed. `beside`: the papers
    that go with its mail, attached or told as their tier asks.
    """

    id: str = Field(pattern=ID)
    label: Text
    audience: str
    rules: tuple[str, ...] = Field(min_length=1)
    languages: tuple[str, ...] = Field(min_length=1)
    delivery: Delivery = Delivery.PRINT
    recipients: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    one_for: OneFor | None = None
    subject: Text
    months: Number | None = None


class DocumentsFile(Strict):
    """The shape of `documents.yaml`."""

    audiences: tuple[Audience, ...]
    attachments: Attachments
    smallest_count: SmallestCount
    missions: tuple[Mission, ...]
    documents: tuple[DocumentDeclaration, ...]

    def document(self, key: str) -> DocumentDeclaration | None:
        """Return a document by its id, or None."""
        return next((each for each in self.documents if each.id == key), None)

    def audience(self, document: DocumentDeclaration) -> Audience:
        """Return who reads a document."""
        return next(each for each in self.audiences if each.id == document.audience)

    def ceiling(self, document: DocumentDeclaration) -> Tier:
        """Return the highest tier that a document may hold."""
        return self.audience(document).tier

    def beside(self, document: DocumentDeclaration, *, attached: bool) -> tuple[DocumentDeclaration, ...]:
        """Return the papers that go with a document's mail: those attached to it, or those only told of."""
        papers = [each for each in self.documents if each.id in document.beside]
        highest = self.attachments.tier.rank
        return tuple(each for each in papers if (self.ceiling(each).rank <= highest) is attached)


def declare_documents(
    source: Source, rules: Iterable[str], statuses: Iterable[StatusRule] | None, problems: list[Problem]
) -> DocumentsFile | None:
    """Return the documents declared, or None where they cannot be read, after adding every problem.

    Without statuses (their own file is broken), nothing is said about those that documents name.
    """
    found: list[Problem] = []
    document = read(source, DocumentsFile, found)
    if document is not None:
        known = None if statuses is None else {status.id for status in statuses}
        found.extend(_inconsistencies(document, set(rules), known))
    problems.extend(found)
    return document.value if document is not None else None


def _inconsistencies(
    document: Document[DocumentsFile], rules: set[str], statuses: set[str] | None
) -> Iterator[Problem]:
    """Yield what leads nowhere, and what a mail's header could not carry."""
    audiences = {each.id for each in document.value.audiences}
    seen: set[str] = set()
    yield from wrong_attachments(document)
    for index, mission in enumerate(document.value.missions):
        yield from _unknown(document, ("missions", index, "rule"), [mission.rule], rules, "règle")
    for index, each in enumerate(document.value.documents):
        at = ("documents", index)
        if each.id in seen:
            yield Problem(document.place(*at, "id"), f"document {quoted(each.id)} déjà défini", "renommez-le")
        seen.add(each.id)
        yield from _unknown(document, (*at, "audience"), [each.audience], audiences, "public")
        yield from _unknown(document, (*at, "rules"), each.rules, rules, "règle")
        if statuses is not None:
            yield from _unknown(document, (*at, "recipients"), each.recipients, statuses, "statut")
            yield from _unknown_people(document, at, each.one_for, statuses)
        yield from _undeliverable(document, at, each)
        yield from wrong_beside(document, at, each)
        yield from _unknown(document, (*at, "languages"), each.languages, set(LANGUAGES), "langue")
        for language in LANGUAGES:
            if any(not letter.isprintable() for letter in getattr(each.subject, language)):
                place = document.place(*at, "subject", language)
                yield Problem(
                    place, "l’objet d’un courriel tient sur une ligne", "retirez le retour à la ligne"
                )


def _undeliverable(
    document: Document[DocumentsFile], at: tuple[str | int, ...], each: DocumentDeclaration
) -> Iterator[Problem]:
    """Yield what a document that leaves by mail, or never does, may not be."""
    place = document.place(*at, "delivery" if "delivery" in each.model_fields_set else "id")
    mailed = each.delivery is Delivery.MAIL
    tiers = [audience.tier for audience in document.value.audiences if audience.id == each.audience]
    if mailed and not each.recipients:
        yield Problem(place, "un courriel sans destinataires", "nommez leurs statuts (recipients)")
    if mailed and any(tier.rank > Tier.COMMON.rank for tier in tiers):
        what = "un document de ce niveau ne part jamais par courriel"
        yield Problem(place, what, "écrivez « delivery: print », ou changez son public")
    if not mailed and each.recipients:
        what = "un document imprimé n’a pas de destinataires : il ne part jamais par courriel"
        yield Problem(place, what, "retirez « recipients », ou écrivez « delivery: mail »")
    if each.one_for is not None and each.one_for.ways != 1:
        what = "pour qui est ce document ? une seule réponse est possible"
        yield Problem(document.place(*at, "one_for"), what, "has, became, left ou holds")


def _unknown_people(
    document: Document[DocumentsFile], at: tuple[str | int, ...], people: OneFor | None, statuses: set[str]
) -> Iterator[Problem]:
    if people is not None:
        yield from _unknown(document, (*at, "one_for", "has"), people.has, statuses, "statut")
        yield from _unknown(document, (*at, "one_for", "became"), people.became, statuses, "statut")


def _unknown(
    document: Document[DocumentsFile],
    path: tuple[str | int, ...],
    names: Iterable[str],
    known: set[str],
    noun: str,
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            what = f"il n’existe pas de {noun} {quoted(name)}"
            yield Problem(document.place(*path, index), what, suggest(name, known))
