"""Answer what an administrator must know to close a door, and cannot read.

These are accounts in our groups for which no function stands today, and records that copy or publish a
record of ours. The answer has logins, groups and numbers, never the text of a record.
"""

from mist_connector.server.given import env, today

functions = env["x_mist_function"].sudo().search([("x_since", "<=", today), "|", ("x_until", "=", False), ("x_until", ">=", today)])
held = {(one.x_user_id.id, one.x_role) for one in functions}
roles = env["ir.model.fields"]._get("x_mist_function", "x_role").sudo().selection_ids.mapped("value")
named = [("module", "=", "mist_connector"), ("model", "=", "res.groups"), ("name", "!=", "group_connector")]
members = []
for row in env["ir.model.data"].sudo().search(named):
    role = row.name.removeprefix("group_")
    for account in env["res.groups"].sudo().browse(row.res_id).all_user_ids:
        serving = (account.id, role) in held if role in roles else account.id in [one[0] for one in held]
        if account.active and not serving:
            members.append([account.login, "mist_connector." + row.name])
found = []
for kind, model, domain in [
    ("message", "mail.message", [("model", "=like", "x_mist_%")]),
    ("followed", "mail.followers", [("res_model", "=like", "x_mist_%")]),
    ("activity", "mail.activity", [("res_model", "=like", "x_mist_%")]),
    ("published", "ir.attachment", [("id", ">", 0), ("res_model", "=like", "x_mist_%"), ("public", "=", True)]),
    ("shared", "ir.attachment", [("id", ">", 0), ("res_model", "=like", "x_mist_%"), ("access_token", "!=", False)]),
]:
    for one in env[model].sudo().with_context(active_test=False).search(domain):
        traced = "write_uid" in one._fields and one.write_uid
        found.append([kind, one.id, traced.display_name if traced else "", str(one.write_date) if traced else ""])
action = {"members": sorted(members), "found": found}
