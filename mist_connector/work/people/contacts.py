"""Contacts of people in the CRM: found, made, linked and cleaned, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.batches import PAGE, QUIET, Row, batches, read_all, write_all, write_each
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.planning.contacts import Contact
from mist_connector.planning.people import ContactAct, ContactChange

MODEL = "res.partner"
NAME = "name"
_SCALARS = ("char", "text", "html", "many2one", "binary")
_MANY = ("many2many",)
_NUMBERS = ("float",)
# What gathers beside a contact's fields; the CRM's own code takes it away.
_GATHERED = ("activity_ids", "message_follower_ids", "message_ids")
ACTION = "clean_contacts"
GIVE = "give_contacts"
# When a contact was made would tell when somebody came: the CRM's code gives all the same moment.
MADE_ON, UNDATED = "create_date", "2000-01-01 00:00:00"


def read_contacts(
    crm: Crm, ids: Collection[int], *, account_contacts: Collection[int], may_have: Collection[str]
) -> dict[int, Contact]:
    """Read the contacts of these ids: their names, and which fields have a value and should not.

    Values of such fields are asked for by the server's own comparison only; they never come here.
    """
    if not ids:
        return {}
    columns = personal_columns(crm, may_have)
    domain: list[Any] = [["id", "in", sorted(ids)]]
    rows = read_all(crm, MODEL, ["name", MADE_ON], domain=domain, archived=True)
    added = _added(crm, [row["id"] for row in rows], columns)
    return {
        row["id"]: Contact(
            row["id"],
            row["name"] or "",
            (*added.get(row["id"], ()), *_dated(row)),
            row["id"] in account_contacts,
        )
        for row in rows
    }


def personal_columns(crm: Crm, may_have: Collection[str]) -> dict[str, str]:
    """Return every field of a contact that could tell something of somebody, with its kind.

    All that can be filled in counts, whichever module brought it, but what is known to tell nothing; and so
    do messages, followers and activities, which keep what was there before.
    """
    fields = crm.call("res.partner", "fields_get", attributes=["type", "store", "readonly"])
    return {
        name: about["type"]
        for name, about in fields.items()
        if about.get("store") and not about.get("readonly")
        if name in _GATHERED or (about["type"] in (*_SCALARS, *_MANY, *_NUMBERS) and name not in may_have)
    }


def _dated(row: Row) -> tuple[str, ...]:
    """Return the field that tells on which day a contact was made, where it does."""
    return () if row[MADE_ON] in (False, UNDATED) else (MADE_ON,)


def _added(crm: Crm, ids: Sequence[int], columns: dict[str, str]) -> dict[int, tuple[str, ...]]:
    """Return the fields that are filled in, for the contacts that have any."""
    filled = [[name, "!=", 0 if kind in _NUMBERS else False] for name, kind in columns.items()]
    domain = [["id", "in", list(ids)], *["|"] * (len(filled) - 1), *filled]
    readable = [name for name, kind in columns.items() if kind != "binary"]
    rows = read_all(crm, MODEL, readable, domain=domain, archived=True)
    return {row["id"]: tuple(name for name in readable if row[name]) or ("image",) for row in rows}


def loose_contacts(crm: Crm, codes: Collection[str], linked: Collection[int]) -> dict[str, int]:
    """Return contacts named by these codes that no person is linked to: left by a run that was stopped."""
    found: list[Row] = []
    wanted = sorted(codes)
    for start in range(0, len(wanted), PAGE):
        domain: list[Any] = [["name", "in", wanted[start : start + PAGE]], ["user_ids", "=", False]]
        found.extend(read_all(crm, MODEL, ["name"], domain=domain, archived=True))
    return {row["name"]: row["id"] for row in found if row["id"] not in linked}


def apply_contacts(
    crm: Crm, blueprint: Blueprint, changes: Sequence[ContactChange], *, may_have: Collection[str]
) -> None:
    """Make, link and clean contacts: a handful of requests however many there are."""
    person_model = blueprint.model("person").technical
    made = [change for change in changes if change.act is ContactAct.CREATE]
    links = give_contacts(crm, blueprint, [change.person for change in made]) if made else {}
    adopted = [change for change in changes if change.act is ContactAct.ADOPT]
    found = {change.person: change.contact or 0 for change in adopted}
    write_each(crm, person_model, {person: {"x_contact_id": contact} for person, contact in found.items()})
    links |= found
    there = [change for change in changes if change.act is not ContactAct.CREATE]
    touched = _clean(crm, there, may_have)
    # Last, since a contact that no person is linked to yet is found again by its code.
    new = {links[change.person]: change.named for change in (*made, *adopted) if change.named}
    write_each(crm, MODEL, {row_id: {NAME: name} for row_id, name in new.items()})
    clean_gathered(crm, person_model, {*links.values(), *touched})


def give_contacts(crm: Crm, blueprint: Blueprint, people: Sequence[int]) -> dict[int, int]:
    """Have the CRM give a contact to each of these people who has none; return everybody's, by person.

    The CRM makes and links it in one transaction: however many runs ask at once, a person gets one.
    """
    person_model = blueprint.model("person").technical
    action = find_server_action(crm, person_model, GIVE)
    given: dict[int, int] = {}
    for batch in batches(list(people)):
        context = {**QUIET, "mist_people": list(batch)}
        answer = crm.call("ir.actions.server", "run", ids=[action], context=context)
        given |= dict(answer["contacts"])
    return given


def clean_gathered(crm: Crm, person_model: str, contacts: Collection[int]) -> None:
    """Have the CRM take away what gathered beside people's contacts, and the days on which they changed."""
    if contacts:
        action = find_server_action(crm, person_model, ACTION)
        crm.call("ir.actions.server", "run", ids=[action], context={"mist_contacts": sorted(contacts)})


def _clean(crm: Crm, changes: Iterable[ContactChange], may_have: Collection[str]) -> Collection[int]:
    """Empty every field that could tell something, give back codes and names; return the contacts."""
    touched = {change.contact: change for change in changes if change.contact is not None}
    # What one that was just found again shows is not known: everything is taken from it in any case.
    filled = [row_id for row_id, change in touched.items() if _fields(change) or not change.added]
    if filled:
        columns = personal_columns(crm, may_have)
        write_all(crm, MODEL, sorted(filled), _emptied(columns))
    renamed = {
        row_id: {NAME: change.named or change.code}
        for row_id, change in touched.items()
        if NAME in change.added
    }
    write_each(crm, MODEL, renamed)
    return touched.keys()


def _fields(change: ContactChange) -> set[str]:
    """Return the fields to empty: neither the name, which is replaced, nor what gathered beside them."""
    return set(change.added) - {NAME, MADE_ON, *_GATHERED}


def _emptied(columns: dict[str, str]) -> dict[str, object]:
    """Return the values that leave a contact empty."""
    return {
        name: [[5]] if kind in _MANY else False for name, kind in columns.items() if name not in _GATHERED
    }
