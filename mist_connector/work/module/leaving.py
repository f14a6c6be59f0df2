"""What a CRM keeps of us when we leave: accounts are closed or handed over, contacts are codes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm

_NAME = "départ"
# Accounts that the connector made, the connector's own, and those that were there before; what contacts show.
_SEEN = """
quiet = {'active_test': False, 'no_reset_password': True, 'tracking_disable': True, 'mail_notrack': True}
accounts = env['res.users'].sudo().with_context(**quiet)

def ours(model):
    return env[model].sudo().with_context(**quiet).search([]) if model in env else []

def settings(account):
    return account.has_group('base.group_system') or account.has_group('base.group_erp_manager')

group = env.ref('mist_connector.group_connector', raise_if_not_found=False)
held = accounts.browse([one.x_user_id.id for one in ours('x_mist_function') if one.x_user_id])
robots = accounts.search([('group_ids', 'in', group.ids)]) if group else accounts
robots = robots.filtered(lambda one: not settings(one))
held = held.filtered(lambda one: not settings(one)) - robots
made = held.filtered(lambda one: one.create_uid.id in robots.ids)
standing = [one for one in ours('x_mist_person') if one.x_contact_id]
named = [one for one in standing if not one.x_contact_id.user_ids and one.x_contact_id.name != one.x_name]
numbers = [one.x_mail for one in ours('x_mist_dispatch') if one.x_mail]
mails = env['mail.mail'].sudo().search([('id', 'in', numbers), ('state', '!=', 'sent')])
"""
_LOOK = f"""{_SEEN}
action = {{
    'made': made.filtered('active').mapped('login'),
    'robots': robots.filtered('active').mapped('login'),
    'before': (held - made).filtered('active').mapped('login'),
    'named': len(named),
    'contacts': len(standing),
    'mails': len(mails),
}}
"""
_LEAVE = f"""{_SEEN}
for one in named:
    one.x_contact_id.with_context(**quiet).write({{'name': one.x_name}})
mails.unlink()
for account in robots | (made if env.context['mist_work']['close'] else accounts.browse()):
    for model, owner in [
        ('res.users.apikeys', 'user_id'), ('auth_totp.device', 'user_id'), ('auth.passkey.key', 'create_uid'),
    ]:
        if model in env:
            env[model].sudo().search([(owner, '=', account.id)]).unlink()
    env['res.device'].sudo().search([('user_id', '=', account.id)])._revoke()
    env.cr.execute('SELECT gen_random_uuid()::text || gen_random_uuid()::text')
    account.write({{'password': env.cr.fetchone()[0], 'active': False}})
action = {{'done': True}}
"""
# What names a record of a model that is gone, which the CRM leaves where it stands.
_SWEEP = """
swept = 0
for model, column in [
    ('ir.attachment', 'res_model'), ('mail.message', 'model'), ('mail.followers', 'res_model'),
    ('mail.activity', 'res_model'), ('ir.filters', 'model_id'), ('ir.exports', 'resource'),
    ('base_import.mapping', 'res_model'), ('base_import.import', 'res_model'),
]:
    if model in env and column in env[model]._fields:
        # Their rights ask for the record that is gone: what is left is taken away as it stands.
        found = 'SELECT id FROM "%s" WHERE "%s" LIKE %%s' % (env[model]._table, column)
        env.cr.execute(found, ['x\\\\_mist\\\\_%'])
        left = env[model].sudo().browse([row[0] for row in env.cr.fetchall()])
        swept += len(left)
        left.unlink()
action = {'swept': swept}
"""


@dataclass(frozen=True)
class Leaving:
    """What a leaving is about: accounts by login, contacts and mails by number.

    `made`: accounts that the connector made; `robots`: its own; `before`: those that were there before, and
    only lose their functions; `named`: contacts that show a name; `contacts`: all that stand for somebody;
    `mails`: handed over, and not left yet.
    """

    made: tuple[str, ...] = ()
    robots: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    named: int = 0
    contacts: int = 0
    mails: int = 0


def look_at_leaving(crm: Crm) -> Leaving:
    """Return what a leaving would be about; nothing is written."""
    with Elevated.opened(crm, _NAME, _LOOK) as elevated:
        answer: Mapping[str, Any] = elevated.run(_LOOK, {})
    return Leaving(
        made=tuple(sorted(answer["made"])),
        robots=tuple(sorted(answer["robots"])),
        before=tuple(sorted(answer["before"])),
        named=int(answer["named"]),
        contacts=int(answer["contacts"]),
        mails=int(answer["mails"]),
    )


def leave(crm: Crm, *, close: bool) -> None:
    """Return contacts to their codes, take mails back that have not left, close accounts; in one transaction.

    The connector's own accounts are closed in any case; those that it made for people only where `close` is
    set. Nothing of an administrator's is touched.
    """
    with Elevated.opened(crm, _NAME, _LEAVE) as elevated:
        elevated.run(_LEAVE, {"close": close})


def sweep(crm: Crm) -> int:
    """Remove what still names a model of ours after it is gone; return how many records that was."""
    with Elevated.opened(crm, _NAME, _SWEEP) as elevated:
        return int(elevated.run(_SWEEP, {})["swept"])
