"""Safe addresses that several people share: compared by the CRM itself, which tells codes alone."""

from __future__ import annotations

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.errors import AccessRefused

from .port import Crm
from .server_actions import find_server_action

ACTION = "same_addresses"


def same_addresses(crm: Crm, blueprint: Blueprint) -> tuple[tuple[str, ...], ...]:
    """Return the codes of people whose safe e-mail is the same, group by group; no address comes here."""
    try:
        action = find_server_action(crm, blueprint.model("person").technical, ACTION)
    except AccessRefused:
        return ()  # asked with an account of the team's; the connector's is told
    told = crm.call("ir.actions.server", "run", ids=[action])
    return tuple(tuple(codes) for codes in told["same"])
