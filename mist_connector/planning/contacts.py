"""The contact that stands for each person: her code as its name, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    """A person and the contact that she is linked to."""

    id: int
    code: str
    contact: int | None


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
            yield ContactChange(person.code, person.id, act, adopted)
            continue
        taken.add(contact.id)
        if contact.added or contact.name != person.code:
            named = ("name",) if contact.name != person.code else ()
            added = (*named, *contact.added)
            yield ContactChange(person.code, person.id, ContactAct.SCRUB, contact.id, added)
