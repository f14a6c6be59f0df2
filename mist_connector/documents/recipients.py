"""Who receives a document by mail, who gets it another way, and who does not, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

from .address import is_one_address


class Way(StrEnum):
    """How a document reaches a person, or why it does not."""

    MAIL = "mail"
    BY_HAND = "by_hand"
    BY_CALL = "by_call"
    OPTED_OUT = "opted_out"
    NOT_CONCERNED = "not_concerned"
    STATUS_OUTDATED = "status_outdated"
    NO_CONTACT = "no_contact"
    NO_CHANNEL = "no_channel"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_INVALID = "address_invalid"

    @property
    def reason(self) -> str:
        """Say it in French, without any address."""
        return _REASONS[self]


_REASONS = {
    Way.MAIL: "par courriel",
    Way.BY_HAND: "à remettre en main propre",
    Way.BY_CALL: "à appeler",
    Way.OPTED_OUT: "a refusé les courriels (liste d’exclusion du CRM) : à joindre autrement",
    Way.NOT_CONCERNED: "son statut ne fait pas d’elle une destinataire",
    Way.STATUS_OUTDATED: "son statut est à mettre à jour d’abord (mist sync)",
    Way.NO_CONTACT: "a demandé à ne pas être contactée",
    Way.NO_CHANNEL: "aucun moyen de contact sûr n’est noté",
    Way.ADDRESS_MISSING: "aucun courriel sûr n’est noté",
    Way.ADDRESS_INVALID: "le courriel noté n’est pas une adresse unique et valide",
}
_CHANNELS = {"mail": Way.MAIL, "call": Way.BY_CALL, "paper": Way.BY_HAND, "none": Way.NO_CONTACT}


@dataclass(frozen=True)
class Addressee:
    """What sending needs to know of a person; `verdict` is the status that her facts give her today.

    `opted_out`: the CRM notes that she wants no mails.
    """

    code: str
    status: str | None
    verdict: str | None
    channel: str | None
    language: str | None
    email: str | None = field(repr=False)
    opted_out: bool = False


@dataclass(frozen=True)
class Routed:
    """A person's code, the language of her documents, and the way to her."""

    code: str
    language: str
    way: Way


@dataclass(frozen=True)
class Recipients:
    """Everybody of the register, by the way a document takes to them."""

    to_send: tuple[Routed, ...]
    by_other_means: tuple[Routed, ...]
    not_sent: tuple[Routed, ...]


def recipients(
    people: Iterable[Addressee], *, statuses: AbstractSet[str], languages: tuple[str, ...]
) -> Recipients:
    """Sort people by the way a document takes to them; codes only.

    Who is not certainly concerned gets nothing: both the status in the CRM and the one that the facts give
    today must be among `statuses`. A language that the document lacks falls back to its first one.
    """
    routed = [
        Routed(each.code, each.language if each.language in languages else languages[0], _way(each, statuses))
        for each in sorted(people, key=lambda person: person.code)
    ]
    other = {Way.BY_HAND, Way.BY_CALL, Way.OPTED_OUT}
    return Recipients(
        to_send=tuple(each for each in routed if each.way is Way.MAIL),
        by_other_means=tuple(each for each in routed if each.way in other),
        not_sent=tuple(each for each in routed if each.way not in other | {Way.MAIL}),
    )


def _way(person: Addressee, statuses: AbstractSet[str]) -> Way:
    concerned = {person.status in statuses, person.verdict in statuses}
    if concerned != {True}:
        return Way.STATUS_OUTDATED if True in concerned else Way.NOT_CONCERNED
    way = _CHANNELS.get(person.channel or "", Way.NO_CHANNEL)
    if way is not Way.MAIL:
        return way
    if not person.email:
        return Way.ADDRESS_MISSING
    if person.opted_out:
        return Way.OPTED_OUT
    return Way.MAIL if is_one_address(person.email) else Way.ADDRESS_INVALID
