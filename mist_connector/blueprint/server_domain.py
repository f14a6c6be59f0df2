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


# What closes something is judged the other way round: where no moment can be told, it counts as in force.
_AGAINST = _TIMES | {
    Time.IN_FORCE: (
        f"'|', ('{OPENS}', '=', False), ('{OPENS}', '<=', 'now')",
        f"'|', ('{CLOSES}', '=', False), ('{CLOSES}', '>', 'now')",
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
    if condition.facts is not None:
        path = resolve(condition.facts, blueprint=blueprint, model=model)
        target = blueprint.model(path.target)
        times = _TIMES if condition.exists is not None else _AGAINST
        inner = [*times[condition.time], *(_term(part, blueprint, target) for part in condition.where)]
        operator = "any" if condition.exists is not None else "not any"
        return f"('{path.columns}', '{operator}', [{', '.join(inner)}])"
    if condition.all_of is not None:
        return _terms(list(condition.all_of), blueprint, model)
    if condition.any_of is not None:
        terms = [_term(part, blueprint, model) for part in condition.any_of]
        return ", ".join(["'|'"] * (len(terms) - 1) + terms)
    if condition.contrary is not None:
        return f"'!', {_term(condition.contrary, blueprint, model)}"
    if condition.field is None:
        raise ValueError("a lease is made of exists, none, all, any, not, and field with equals")
    value = "user.id" if condition.equals == ME else repr(condition.equals)
    return f"('{model.field(condition.field).column}', '=', {value})"


def facts_apart(condition: Condition, *, blueprint: Blueprint, model: Model, record: str) -> str:
    """Return an expression: how many records there are behind a relation that the model does not show.

    One query whatever it finds, so that the time it takes tells nothing.
    """
    target = blueprint.model(model.field(str(condition.facts)).to or "")
    if condition.time is not Time.ANY or condition.after or condition.at:
        raise ValueError("facts that are kept apart are asked about by their values only")
    inner = [_term(part, blueprint, target) for part in condition.where]
    domain = ", ".join([f"('x_{model.key}_id', '=', {record}.id)", *inner])
    return f"self.env['{target.technical}'].sudo().search_count([{domain}])"
