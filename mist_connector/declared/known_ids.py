"""The ids of everything declared that can give a rule effect, by kind: what its references may name."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.checks import Check, Severity
from mist_connector.bylaws.expectations import Expectation
from mist_connector.bylaws.offices import PARTS
from mist_connector.bylaws.rules import Mechanism
from mist_connector.bylaws.sync_limits import Kept

from .everything import Declared


def known_ids(declared: Declared) -> dict[Mechanism, frozenset[str]]:
    """Return the ids of each kind of mechanism.

    A hook is one of the blueprint's, or `free.RULE`: what a rule forbids to refuse. A status is one of the
    statuses, or `STATUS.RULE`: what a rule requires of it.
    An access is a lease, or `READER.TIER`: a cell of the matrix. A check that announces an end is also a
    reminder. Parts of an office, fields and entries of vocabularies have their owner before the dot.
    """
    checks: list[Check | Expectation] = [*declared.provisions.checks, *declared.provisions.expectations]
    return {
        Mechanism.ACCESS: frozenset(_accesses(declared)),
        Mechanism.ASSEMBLY: frozenset(_assembly(declared)),
        Mechanism.CHECK: frozenset(str(check.id) for check in (*checks, *declared.sync.checks)),
        Mechanism.DOCUMENT: frozenset(each.id for each in declared.documents.documents),
        Mechanism.FIELD: frozenset(
            f"{model.key}.{field.key}" for model in declared.blueprint.models for field in model.fields
        ),
        Mechanism.FORM_TEXT: frozenset(text.id for text in declared.bylaws.texts),
        Mechanism.HOOK: frozenset(_hooks(declared)),
        Mechanism.OFFICE: frozenset(_offices(declared)),
        Mechanism.REMINDER: frozenset(
            str(check.id) for check in checks if check.severity is Severity.REMINDER
        ),
        Mechanism.STATUS: frozenset(_statuses(declared)),
        Mechanism.SYNC: frozenset(each.value for each in Kept),
        Mechanism.VOCABULARY: frozenset(
            f"{name}.{choice.id}" for name, choices in declared.vocabularies.items() for choice in choices
        ),
    }


def _accesses(declared: Declared) -> Iterator[str]:
    """Yield the leases and the cells of the matrix."""
    blueprint = declared.blueprint
    yield from (lease.key for lease in (*blueprint.frame.leases, *blueprint.waiting))
    for reader in declared.bylaws.matrix.readers:
        yield from (f"{reader.id}.{tier}" for tier in reader.tiers)


def _assembly(declared: Declared) -> Iterator[str]:
    """Yield what a rule sets of general assemblies, and the items that agendas begin with."""
    yield from ("every", "reminders", "invited", "electorate")
    yield from (f"items.{item.id}" for item in declared.assembly.items)


def _hooks(declared: Declared) -> Iterator[str]:
    """Yield the hooks on records, and what a rule forbids to refuse."""
    yield from (hook.key for hook in declared.blueprint.hooks)
    yield from (f"free.{each.rule}" for each in declared.blueprint.free)


def _statuses(declared: Declared) -> Iterator[str]:
    """Yield the statuses, and what a rule requires of each."""
    for status in declared.provisions.statuses:
        yield status.id
        yield from (f"{status.id}.{each.rule}" for each in status.requires)


def _offices(declared: Declared) -> Iterator[str]:
    """Yield the parts of each office that a rule sets."""
    for office in declared.provisions.offices:
        yield from (f"{office.id}.{part}" for part in PARTS if office.part(part))
