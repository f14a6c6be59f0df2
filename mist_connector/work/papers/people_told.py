"""Whom a letter or card is made for, and what it may say of her; a name is read only where it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.identity import identity_of
from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.facts import Facts
from mist_connector.bylaws.provisions import Provisions
from mist_connector.bylaws.tiers import Tier
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.declared.documents import DocumentDeclaration, OneFor
from mist_connector.declared.everything import Declared
from mist_connector.documents.composing import PersonTold
from mist_connector.work.people.facts_reading import read_facts

NO_CONTACT = "none"
_AFTER: Mapping[str, tuple[str, ...]] = {"association": ("left",), "active": ("member",)}
"""What somebody is once she has left the association, or the active members' group."""


@dataclass(frozen=True)
class PeopleTold:
    """Those whom a document is made for, in the order of their codes, and those who asked for silence."""

    people: tuple[PersonTold, ...]
    silent: tuple[str, ...]


def read_people_told(
    crm: Crm, declared: Declared, document: DocumentDeclaration, *, since: date, today: date
) -> PeopleTold:
    """Read the register: everybody whom a document is made for, since a day."""
    assert document.one_for is not None  # noqa: S101 - the catalogue says which documents are for one person
    register = read_facts(crm, declared.blueprint)
    facts = [each.facts for each in register.people]
    found = list(_concerned(facts, document.one_for, declared.provisions, since=since, today=today))
    codes = sorted({code for code, _ in found})
    named = declared.documents.ceiling(document).rank >= Tier.REGISTER.rank
    identity = identity_of(declared.blueprint)
    shown = (*identity.preferred, identity.given) if named else ()
    columns = ("x_name", "x_language", "x_channel", *shown)
    wanted = [["x_name", "in", codes]]
    rows = {row["x_name"]: row for row in read_all(crm, "x_mist_person", columns, domain=wanted)}
    silent = {code for code, row in rows.items() if row["x_channel"] == NO_CONTACT}
    told = [
        _told(rows[code], shown, more, document)
        for code, more in found
        if code in rows and code not in silent
    ]
    return PeopleTold(tuple(sorted(told, key=lambda each: each.code)), tuple(sorted(silent)))


Mandated = tuple[str, date, date | None] | None


def _concerned(
    people: Iterable[Facts], one_for: OneFor, provisions: Provisions, *, since: date, today: date
) -> Iterator[tuple[str, Mandated]]:
    """Yield the code of everybody concerned, and the mandate for which she is."""
    for facts in people:
        status = decide(facts, provisions, on=today).status
        became = status in one_for.became and decide(facts, provisions, on=since).status not in one_for.became
        # Whoever came back, or became active again, is not bidden farewell.
        left = status in _AFTER.get(one_for.left or "", ()) and any(
            each.scope == one_for.left and since < each.on <= today for each in facts.departures
        )
        if status in one_for.has or became or left:
            yield facts.code, None
        for mandate in facts.mandates:
            in_force = mandate.until is None or today <= mandate.until
            if mandate.office in one_for.holds and since < mandate.since <= today and in_force:
                yield facts.code, (mandate.office, mandate.since, mandate.until)


def _told(
    row: Mapping[str, str], shown: Iterable[str], mandate: Mandated, document: DocumentDeclaration
) -> PersonTold:
    office, since, until = mandate or (None, None, None)
    spoken = row["x_language"] or document.languages[0]
    return PersonTold(
        code=row["x_name"],
        name=next((row[column] for column in shown if row[column]), ""),
        language=spoken if spoken in document.languages else document.languages[0],
        office=office,
        since=since,
        until=until,
    )
