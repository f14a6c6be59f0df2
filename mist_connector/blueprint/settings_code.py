"""Settings of the CRM's own, as code of the import: each is noted down before its first change.

A note is a parameter of ours, so that it goes with the module: `parameter KEY=VALUE`, `parameter KEY` where
there was none, `group ID ID yes` or `no` for a group that implied another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .records import MODULE, Record, Reference

BEFORE = f"{MODULE}.before."

_SET = """parameters = env['ir.config_parameter'].sudo()
for name, key, value, group, implied in %r:
    if group:
        holder, other = env.ref(group).sudo(), env.ref(implied).sudo()
        before = 'group %%s %%s %%s' %% (holder.id, other.id, 'yes' if other in holder.implied_ids else 'no')
        holder.write({'implied_ids': [(3, other.id)]})
    else:
        found = parameters.search([('key', '=', key)])
        before = 'parameter ' + key + ('=' + (found.value or '') if found else '')
        parameters.set_param(key, value)
    if not parameters.search([('key', '=', %r + name)]):
        note = parameters.create({'key': %r + name, 'value': before})
        env['ir.model.data'].sudo().create({
            'module': %r, 'name': 'before_' + name, 'model': 'ir.config_parameter', 'res_id': note.id,
        })
"""
_GIVE_BACK = """parameters = env['ir.config_parameter'].sudo()
for name in %r:
    note = parameters.search([('key', '=', %r + name)])
    kind, _, rest = (note.value or '').partition(' ')
    if kind == 'parameter':
        key, there, value = rest.partition('=')
        parameters.set_param(key, value if there else False)
    if kind == 'group' and rest.endswith('yes'):
        holder, other, _ = rest.split(' ')
        env['res.groups'].sudo().browse(int(holder)).write({'implied_ids': [(4, int(other))]})
    note.unlink()
"""


def setting_code(records: Iterable[Record]) -> str:
    """Return code that notes and changes settings; nothing without any."""
    rows = [_row(record) for record in records]
    return _SET % (rows, BEFORE, BEFORE, MODULE) if rows else ""


def giving_back_code(names: Collection[str]) -> str:
    """Return code that gives settings the value that they had; nothing without any."""
    return _GIVE_BACK % (sorted(names), BEFORE) if names else ""


def _row(record: Record) -> tuple[str, str, str, str, str]:
    values = record.values
    group, implied = values.get("group_id"), values.get("implied_id")
    linked = isinstance(group, Reference) and isinstance(implied, Reference)
    pair = (str(group), str(implied)) if linked else ("", "")
    return (record.name, str(values["name"]), str(values["value"]), *pair)
