"""Statuses as the CRM takes them: it may know what this account does not, and says no without a reason."""

from __future__ import annotations

from collections.abc import Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.errors import AccessRefused
from mist_connector.planning.people import StatusChange

from .batches import QUIET
from .port import Crm
from .server_actions import find_server_action

ACTION = "try_statuses"
# More than these are not tried first: that would cost as much as writing them.
MOST_TRIED = 200


def refused_statuses(crm: Crm, blueprint: Blueprint, changes: Sequence[StatusChange]) -> frozenset[str]:
    """Return the codes of those whose new status the CRM would refuse; each is tried and undone (M05).

    Of many changes, or with an account that may not ask, none is tried: whoever writes them is told then.
    """
    if not changes or len(changes) > MOST_TRIED:
        return frozenset()
    try:
        action = find_server_action(crm, blueprint.model("person").technical, ACTION)
    except AccessRefused:
        return frozenset()
    tried = [[change.person, change.after or False] for change in changes]
    told = crm.call("ir.actions.server", "run", ids=[action], context={**QUIET, "mist_statuses": tried})
    refused = set(told["refused"])
    return frozenset(change.code for change in changes if change.person in refused)
