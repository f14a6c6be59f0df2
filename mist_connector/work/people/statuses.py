"""Statuses as the CRM works them out: it may know what this account does not, and says nothing of why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.batches import QUIET, batches
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import AccessRefused
from mist_connector.planning.people import StatusChange

ACTION = "follow_statuses"
# More than these are not tried first: that would cost as much as doing it.
MOST_TRIED = 200


def refused_statuses(crm: Crm, blueprint: Blueprint, changes: Sequence[StatusChange]) -> frozenset[str]:
    """Return the codes of those whom the CRM would not give the status that their facts give (M05).

    Of many changes, or with an account that may not ask, none is tried: it is told once they are made.
    """
    if not changes or len(changes) > MOST_TRIED:
        return frozenset()
    try:
        found = _worked_out(crm, blueprint, changes, mist_try=True)
    except AccessRefused:
        return frozenset()
    return _otherwise(changes, found)


def follow_statuses(crm: Crm, blueprint: Blueprint, changes: Sequence[StatusChange]) -> frozenset[str]:
    """Have the CRM work out these statuses again; return the codes of those to whom it gives another."""
    refused: set[str] = set()
    for some in batches(changes):
        refused |= _otherwise(some, _worked_out(crm, blueprint, some))
    return frozenset(refused)


def _worked_out(
    crm: Crm, blueprint: Blueprint, changes: Sequence[StatusChange], **more: bool
) -> Mapping[int, str | None]:
    action = find_server_action(crm, blueprint.model("person").technical, ACTION)
    context = {**QUIET, **more, "mist_people": [change.person for change in changes]}
    told = crm.call("ir.actions.server", "run", ids=[action], context=context)
    return {person: status or None for person, status in told["statuses"]}


def _otherwise(changes: Sequence[StatusChange], found: Mapping[int, str | None]) -> frozenset[str]:
    return frozenset(
        change.code for change in changes if change.person in found and found[change.person] != change.after
    )
