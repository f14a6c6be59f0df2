"""Everything that was ever deployed, taken out of the CRM again."""

from __future__ import annotations

from mist_connector.blueprint.records import MODULE
from mist_connector.blueprint.server_files import joined
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm

from .leaving import leave, sweep
from .settings import give_back


def destroy(crm: Crm, *, close: bool = True) -> None:
    """Remove everything that was ever deployed, with its data, and what it left in the CRM's own tables.

    `close`: the accounts that it made for people, too; else they stay, without any right of ours. Cut at any
    place, it is run again.
    """
    ids = crm.call("ir.module.module", "search", domain=[["name", "=", MODULE]])
    if ids:
        leave(crm, close=close)
        _silence(crm)
        give_back(crm)
        crm.call("ir.module.module", "button_immediate_uninstall", ids=ids)
    sweep(crm)


_SILENCE = joined("leaving", "silence")


def _silence(crm: Crm) -> None:
    """Take away what the clock shows of our reminders: it would lead nowhere once they are gone."""
    with Elevated.opened(crm, "rappels", _SILENCE) as elevated:
        elevated.run(_SILENCE, {})
