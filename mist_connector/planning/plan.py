"""The plan: built once from desired and observed records; the same object is shown, saved and applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mist_connector.blueprint.records import Record

from .changes import Act, Change, ValueChange
from .digest import digests, fingerprint, record_digest
from .observed import Added, Deployed, Observed

# A model or stored field that goes takes its data with it.
HOLDS_DATA = ("ir.model", "ir.model.fields")
# What a record of ours belongs to never changes: where it differs, the external id strayed to another's.
ANCHORS = {
    "ir.model": "model",
    "ir.model.fields": "model_id",
    "ir.model.access": "model_id",
    "ir.rule": "model_id",
    "ir.ui.view": "model",
    "ir.actions.act_window": "res_model",
}


@dataclass(frozen=True)
class Plan:
    """What an apply would do, and to which state of the CRM it was compared.

    `fingerprint` covers what was observed and what is desired: two plans with the same one do the same.
    """

    changes: tuple[Change, ...]
    desired: tuple[Record, ...]
    observed: Observed
    fingerprint: str

    @property
    def unbound(self) -> tuple[str, ...]:
        """Names that must let go of the record they point to before anything is written.

        A hand pointed them to a record that is another's: to write there would change what is not ours.
        """
        strayed = [change.name for change in self.changes if change.strayed]
        return tuple(sorted({*self.observed.tangled, *strayed}))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.changes

    def of(self, *acts: Act) -> tuple[Change, ...]:
        """Return the changes of these kinds."""
        return tuple(change for change in self.changes if change.act in acts)


def build_plan(desired: Iterable[Record], observed: Observed) -> Plan:
    """Compare what the CRM must hold with what it holds."""
    wanted = tuple(record for record in desired if record.needs not in observed.absent)
    names = {record.name for record in wanted}
    changes = [change for record in wanted if (change := _compare(record, observed)) is not None]
    gone = [record for name, record in observed.records.items() if name not in names]
    changes.extend(_remove(record) for record in reversed(gone))
    changes.extend(_revoke(added) for added in observed.added)
    seen = digests(observed.records.values())
    extra = [f"{added.model},{added.id}" for added in observed.added]
    return Plan(tuple(changes), wanted, observed, fingerprint(seen, fingerprint(digests(wanted)), *extra))


def _compare(record: Record, observed: Observed) -> Change | None:
    wanted, held = record.in_french(), observed.records.get(record.name)
    label = label_of(wanted)
    if held is None:
        act = Act.RESTORE if _was_deployed(record, observed.deployed) else Act.CREATE
        return Change(act, record.model, record.name, label, rules=record.rules, record=record)
    values = _differences(held.values, wanted.values)
    if not values:
        return None
    act = Act.RESTORE if _by_hand(held, observed.deployed) else Act.CHANGE
    strayed = ANCHORS.get(record.model) in {value.column for value in values}
    return Change(act, record.model, record.name, label, values, record.rules, record, strayed=strayed)


def _differences(held: Mapping[str, object], wanted: Mapping[str, object]) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(column, held.get(column), after)  # type: ignore[arg-type]  # both are values of records
        for column, after in wanted.items()
        if held.get(column) != after
    )


def _was_deployed(record: Record, deployed: Deployed | None) -> bool:
    return deployed is not None and record.name in deployed.digests


def _by_hand(held: Record, deployed: Deployed | None) -> bool:
    """Tell whether a record differs from what the last apply left: then somebody changed it since."""
    return deployed is not None and deployed.digests.get(held.name) != record_digest(held)


def _remove(record: Record) -> Change:
    return Change(Act.REMOVE, record.model, record.name, label_of(record))


def _revoke(added: Added) -> Change:
    return Change(Act.REVOKE, added.model, f"{added.model},{added.id}", added.label, id=added.id)


def label_of(record: Record) -> str:
    """Return what a person would call the record."""
    values = record.values
    match record.model:
        case "ir.model.fields":
            return f"{values.get('field_description')} ({values.get('name')})"
        case "ir.model.fields.selection":
            return f"{values.get('name')} ({record.name.removeprefix('choice_')})"
        case "x_mist_association":
            return "MIST"
        case _:
            return str(values.get("name") or record.name)
