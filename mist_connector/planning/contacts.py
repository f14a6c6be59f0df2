"""The contact that stands for each person: her code, or the name that may be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .people import ContactAct, ContactChange


@dataclass(frozen=True)
class Contact:
    """A contact as the CRM holds it; `added` names the fields that have a value and should not.

    One that belongs to an account is never a person's: cleaning it would rename the account.
    """

    id: int
    name: str
    added: tuple[str, ...] = ()
    of_account: bool = False


@dataclass(frozen=True)
class Standing:
    """A person and the contact that she is linked to; `named`: the name that it shows instead of her code."""

    id: int
    code: str
    contact: int | None
    named: str | None = field(default=None, repr=False)


def plan_contacts(
    people: Iterable[Standing], contacts: Mapping[int, Contact], loose: Mapping[str, int]
) -> tuple[ContactChange, ...]:
    """Return what is to be done; `loose` are contacts by code that are linked to nobody."""
    return tuple(_changes(people, contacts, loose))


def _changes(
    people: Iterable[Standing], contacts: Mapping[int, Contact], loose: Mapping[str, int]
) -> Iterator[ContactChange]:
    taken: set[int] = set()
    for person in people:
        contact = contacts.get(person.contact or 0)
        if contact is None or contact.of_account or contact.id in taken:
            adopted = loose.get(person.code)
            act = ContactAct.CREATE if adopted is None else ContactAct.ADOPT
            yield ContactChange(person.code, person.id, act, adopted, named=person.named)
            continue
        taken.add(contact.id)
        wrong = ("name",) if contact.name != (person.named or person.code) else ()
        if contact.added or wrong:
            shows = person.named is not None and not contact.added
            act = ContactAct.NAME if shows else ContactAct.SCRUB
            added = (*wrong, *contact.added)
            yield ContactChange(person.code, person.id, act, contact.id, added, person.named)
