"""Everything that was ever deployed, taken out of the CRM again."""

from __future__ import annotations

from mist_connector.blueprint.records import MODULE
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


# The clock's activities are the CRM's own, and nobody but whom they are for comes to them.
_SILENCE = """
if 'x_mist_reminder' in env and 'x_activity_id' in env['x_mist_reminder']._fields:
    told = env['x_mist_reminder'].sudo().search([]).mapped('x_activity_id')
    told.with_context(mail_activity_quick_update=True).unlink()
action = {'done': True}
"""


def _silence(crm: Crm) -> None:
    """Take away what the clock shows of our reminders: it would lead nowhere once they are gone."""
    with Elevated.opened(crm, "rappels", _SILENCE) as elevated:
        elevated.run(_SILENCE, {})
