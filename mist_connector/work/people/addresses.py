"""Safe addresses that several people share, and people who may be one: compared by the CRM, told as codes."""

from __future__ import annotations

from typing import NamedTuple

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import AccessRefused

ACTION = "same_addresses"


Codes = tuple[tuple[str, ...], ...]


class Compared(NamedTuple):
    """The codes of people whose safe e-mail is the same, and of those who may be one, group by group."""

    same: Codes = ()
    alike: Codes = ()


def compared(crm: Crm, blueprint: Blueprint) -> Compared:
    """Return who has the same address, and who may be one: no address, name or telephone comes here."""
    try:
        action = find_server_action(crm, blueprint.model("person").technical, ACTION)
    except AccessRefused:
        return Compared()  # asked with an account of the team's; the connector's is told
    told = crm.call("ir.actions.server", "run", ids=[action])
    same, alike = (tuple(tuple(codes) for codes in told.get(key, ())) for key in Compared._fields)
    return Compared(same, alike)
