"""From `offices.yaml` to the offices."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mist_connector.blueprint.declaration import Choice
from mist_connector.bylaws.offices import Office
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
    """Return the offices, or None after adding every problem; `statuses` None: theirs are not looked up."""
    document = read(source, OfficesFile, problems)
    if document is None:
        return None
    known = None if statuses is None else [status.id for status in statuses]
    found = list(_wrong(document, rules, known))
    problems.extend(found)
    return None if found else document.value.offices


def office_choices(offices: Collection[Office]) -> tuple[Choice, ...]:
    """Return the offices as a closed list."""
    return tuple(
        Choice(id=office.id, label=office.label, rule=office.requires_status.rule) for office in offices
    )


def _wrong(
    document: Document[OfficesFile], rules: Collection[str], statuses: Collection[str] | None
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, office in enumerate(document.value.offices):
        if office.id in seen:
            yield Problem(document.place("offices", index, "id"), f"mandat {quoted(office.id)} déjà défini")
        seen.add(office.id)
        for key in ("months", "seats", "requires_status", "french"):
            demand = getattr(office, key)
            if demand is not None and demand.rule not in rules:
                place = document.place("offices", index, key, "rule")
                yield Problem(place, f"règle inconnue {quoted(demand.rule)}", suggest(demand.rule, rules))
        wanted = office.requires_status.value
        if statuses is not None and wanted not in statuses:
            place = document.place("offices", index, "requires_status", "value")
            yield Problem(place, f"statut inconnu {quoted(wanted)}", suggest(wanted, statuses))
