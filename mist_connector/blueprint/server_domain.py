"""Conditions as domains that the CRM compares when a query runs: the record rules' reading."""

from __future__ import annotations

from mist_connector.bylaws.conditions import ME, Condition, Time

from .compile_edges import CLOSES, OPENS
from .declaration import Blueprint, Lease, Model
from .paths import resolve
from .records import MODULE

EVERYTHING = "(1, '=', 1)"
NOBODY = "(0, '=', 1)"

# The literals 'now' and 'today' are resolved by the server at each query: this is what makes a right a lease.
# 'today' is the day in the zone of whoever asks, or of her request: a term is judged by the moments stored
# beside its days. The days are looked at all the same, with one to spare, should a moment be written by hand.
_TIMES = {
    Time.ANY: (),
    Time.HAPPENED: ("('x_on', '<=', 'today')",),
    Time.IN_FORCE: (
        f"('{OPENS}', '<=', 'now'), ('x_since', '<=', 'today +1d')",
        f"'|', ('x_until', '=', False), '&', ('{CLOSES}', '>', 'now'), ('x_until', '>=', 'today -1d')",
    ),
}


def policy(leases: list[Lease], *, blueprint: Blueprint, model: Model) -> str:
    """Return the domain of the records that at least one of the leases opens; nobody's without any."""
    parts = [_lease(lease, blueprint, model) for lease in leases] or [NOBODY]
    operators = ["'|'"] * (len(parts) - 1)
    return "[" + ", ".join([*operators, *parts]) + "]"


def _lease(lease: Lease, blueprint: Blueprint, model: Model) -> str:
    if lease.holds is None:
        return f"{EVERYTHING} if user.has_group('{MODULE}.group_{lease.group}') else {NOBODY}"
    return _terms([lease.holds], blueprint, model)


def _terms(conditions: list[Condition], blueprint: Blueprint, model: Model) -> str:
    """Return the conditions joined by « and », in the CRM's prefix notation."""
    terms = [_term(condition, blueprint, model) for condition in conditions]
    return ", ".join(["'&'"] * (len(terms) - 1) + terms)


def _term(condition: Condition, blueprint: Blueprint, model: Model) -> str:
    if condition.exists is not None:
        path = resolve(condition.exists, blueprint=blueprint, model=model)
        target = blueprint.model(path.target)
        inner = [*_TIMES[condition.time], *(_term(part, blueprint, target) for part in condition.where)]
        return f"('{path.columns}', 'any', [{', '.join(inner)}])"
    if condition.all_of is not None:
        return _terms(list(condition.all_of), blueprint, model)
    if condition.field is None:
        raise ValueError("a lease is made of exists, all, and field with equals")
    value = "user.id" if condition.equals == ME else repr(condition.equals)
    return f"('{model.field(condition.field).column}', '=', {value})"
