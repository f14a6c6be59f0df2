"""From `offices.yaml` to the offices."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mist_connector.blueprint.declaration import Choice
from mist_connector.bylaws.offices import PARTS, Office
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, quoted, read, suggest


class OfficesFile(Strict):
    """The shape of `offices.yaml`."""

    offices: tuple[Office, ...]


def declare_offices(
    source: Source,
    rules: Collection[str],
    statuses: Collection[StatusRule] | None,
    problems: list[Problem],
) -> tuple[Office, ...] | None:
    """Return the offices, or None where they cannot be read; `statuses` None: theirs are not looked up.

    Every problem is added. What leads nowhere is one, and lets the other files be looked at all the same.
    """
    document = read(source, OfficesFile, problems)
    if document is None:
        return None
    known = None if statuses is None else [status.id for status in statuses]
    found = list(_wrong(document, rules, known))
    problems.extend(found)
    return document.value.offices


def office_choices(offices: Collection[Office]) -> tuple[Choice, ...]:
    """Return the offices as a closed list."""
    return tuple(Choice(id=office.id, label=office.label) for office in offices)


def _wrong(
    document: Document[OfficesFile], rules: Collection[str], statuses: Collection[str] | None
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, office in enumerate(document.value.offices):
        if office.id in seen:
            yield Problem(document.place("offices", index, "id"), f"mandat {quoted(office.id)} déjà défini")
        seen.add(office.id)
        for key in PARTS:
            demand = office.part(key)
            if demand is not None and demand.rule not in rules:
                place = document.place("offices", index, key, "rule")
                yield Problem(place, f"règle inconnue {quoted(demand.rule)}", suggest(demand.rule, rules))
        for key, wanted, known in _named(office, document.value.offices, statuses):
            if known is not None and wanted not in known:
                place = document.place("offices", index, key, "value")
                yield Problem(place, f"valeur inconnue {quoted(wanted)}", suggest(wanted, known))


def _named(
    office: Office, offices: Collection[Office], statuses: Collection[str] | None
) -> Iterator[tuple[str, str, Collection[str] | None]]:
    """Yield the statuses and offices that an office names, each with those that there are."""
    for key, wanted in (("requires_status", office.requires_status), ("half", office.half)):
        if wanted is not None:
            yield key, wanted.value, statuses
    if office.chosen is not None and office.chosen.office is not None:
        yield "chosen", office.chosen.office, [each.id for each in offices]
    for other in office.apart_from.value if office.apart_from else ():
        yield "apart_from", other, [each.id for each in offices]
