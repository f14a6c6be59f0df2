"""Groups, access rights, and one global rule per way of access: who may do what, and while what holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .compile_models import model_reference
from .declaration import Blueprint, Lease, Model, Operation
from .numbers import told
from .records import Record, Reference, Value, own
from .server_domain import policy

# What the description of a group of ours begins with; the digest of the deployed mappings follows.
BYLAWS = "mist_connector.mappings_"
RIGHTS = {
    Operation.READ: "perm_read",
    Operation.WRITE: "perm_write",
    Operation.CREATE: "perm_create",
    Operation.DELETE: "perm_unlink",
}


def group_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the groups, under one heading of the CRM's user form."""
    yield Record("privilege", "res.groups.privilege", {"name": blueprint.frame.application})
    for group in blueprint.frame.groups:
        values: dict[str, Value] = {
            "name": group.label,
            "comment": f"{BYLAWS}{blueprint.digest} {told(blueprint.numbers)}".strip(),
            "privilege_id": own("privilege"),
            "implied_ids": frozenset(map(Reference, blueprint.hardening.implied_by(group.key))),
            "implied_by_ids": frozenset(),
        }
        yield Record(f"group_{group.key}", "res.groups", values, (blueprint.frame.because.secrecy,))


def access_records(model: Model, blueprint: Blueprint) -> Iterator[Record]:
    """Return a model's access rights: one a group, each operation that one of its leases may open."""
    operations: dict[str, set[Operation]] = defaultdict(set)
    rules: dict[str, list[str]] = defaultdict(list)
    for lease in _leases(model, blueprint):
        operations[lease.group] |= set(model.access[lease.key])
        rules[lease.group].append(lease.rule)
    for group, allowed in operations.items():
        values: dict[str, Value] = {right: operation in allowed for operation, right in RIGHTS.items()}
        name = f"{model.key}.{group}"
        values |= {
            "name": name,
            "model_id": model_reference(model.technical),
            "group_id": own(f"group_{group}"),
            "active": True,
        }
        yield Record(f"access_{model.key}__{group}", "ir.model.access", values, tuple(rules[group]))


def lease_records(model: Model, blueprint: Blueprint) -> Iterator[Record]:
    """Return a model's global rules: one for each set of operations that the same leases open.

    Global rules intersect, so no rule that somebody adds for a group can open more than these do.
    """
    by_leases: dict[tuple[str, ...], list[Operation]] = defaultdict(list)
    for operation in Operation:
        opened = tuple(key for key, operations in model.access.items() if operation in operations)
        by_leases[opened].append(operation)
    for opened, operations in by_leases.items():
        yield _rule(model, blueprint, opened, operations)


def _rule(model: Model, blueprint: Blueprint, opened: tuple[str, ...], operations: list[Operation]) -> Record:
    leases = [lease for lease in blueprint.frame.leases if lease.key in opened]
    name = f"{model.key}.{'_'.join(operations)}"
    values: dict[str, Value] = {right: operation in operations for operation, right in RIGHTS.items()}
    values |= {
        "name": name,
        "model_id": model_reference(model.technical),
        "groups": frozenset(),
        "domain_force": policy(leases, blueprint=blueprint, model=model),
        "active": True,
    }
    rules = tuple(lease.rule for lease in leases) or (blueprint.frame.because.secrecy,)
    return Record(f"rule_{model.key}__{'_'.join(operations)}", "ir.rule", values, rules)


def _leases(model: Model, blueprint: Blueprint) -> list[Lease]:
    return [lease for lease in blueprint.frame.leases if lease.key in model.access]
