"""Bring accounts and access groups in line with the functions in force today.

The caller names records. This action works out what becomes of them from the facts, so the connector cannot
give a right that no function gives. An administrator's account and the connector's own are never touched.
"""

from mist_connector.server.given import env, groups_of_roles, today

groups = {role: env.ref(groups_of_roles[role]) for role in groups_of_roles}
never = ["base.group_system", "base.group_erp_manager", "mist_connector.group_connector"]
functions = env["x_mist_function"].sudo().with_context(active_test=False)
# Two such calls at once meet here, before the later one makes an account that is there already.
env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
accounts = env["res.users"].sudo().with_context(active_test=False, no_reset_password=True)
touched = accounts.browse(env.context.get("mist_accounts") or []).exists()
made = accounts.browse()
for function in functions.browse(env.context.get("mist_functions") or []).exists():
    until = function.x_until or today
    if not function.x_user_id and function.x_login and function.x_since <= today <= until:
        account = accounts.search([("login", "=", function.x_login)], limit=1)
        if not account:
            account = accounts.create(
                {
                    "login": function.x_login,
                    "name": function.x_login,
                    "lang": "fr_FR",
                    "group_ids": [(6, 0, [env.ref("base.group_user").id])],
                }
            )
            made |= account
        if not any([account.has_group(name) for name in never]):
            function.write({"x_user_id": account.id})
    touched |= function.x_user_id
for account in touched:
    if any([account.has_group(name) for name in never]):
        continue
    held = functions.search([("x_user_id", "=", account.id)])
    current = held.filtered(lambda one: one.x_since <= today and (not one.x_until or one.x_until >= today))
    roles = current.mapped("x_role")
    changes = [(4 if role in roles else 3, groups[role].id) for role in groups if (role in roles) != (groups[role] in account.group_ids)]
    if current and env.context.get("mist_by_hand") == "report":
        given = held.mapped("x_role")
        changes = [each for each in changes if each[0] == 4 or each[1] in [groups[role].id for role in given]]
    values = {}
    if changes:
        values["group_ids"] = changes
    if held and account.active != bool(current):
        values["active"] = bool(current)
    joins = [each for each in changes if each[0] == 4] and not any([groups[role] in account.group_ids for role in groups])
    if joins or (held and not current):
        # Keys, devices and sessions would come back to life with the account: they go with it, and so does
        # the password, on which every session depends. Nor does any that somebody else may have made come
        # along when it first joins. Not all of these are there in every CRM.
        for model, owner in [("res.users.apikeys", "user_id"), ("auth_totp.device", "user_id"), ("auth.passkey.key", "create_uid")]:
            if model in env:
                env[model].sudo().search([(owner, "=", account.id)]).unlink()
        env["res.device"].sudo().search([("user_id", "=", account.id)])._revoke()
        env.cr.execute("SELECT gen_random_uuid()::text || gen_random_uuid()::text")
        values["password"] = env.cr.fetchone()[0]
        for column in ["totp_secret", "oauth_uid", "oauth_access_token", "oauth_provider_id"]:
            if column in account._fields:
                values[column] = False
    if joins and account not in made:
        # Nothing of what its maker chose is left to it: where mails about it go, what it begins with, whom it
        # stands for. The contact that it had stays as it is, without the account, and its links are void.
        for model, owner in [("ir.default", "user_id"), ("res.users.settings", "user_id"), ("ir.mail_server", "owner_user_id")]:
            if model in env and owner in env[model]._fields:
                env[model].sudo().search([(owner, "=", account.id)]).unlink()
        env["ir.filters"].sudo().search([("user_ids", "in", [account.id])]).write({"user_ids": [(3, account.id)]})
        account.partner_id.write({"signup_type": False})
        contact = env["res.partner"].sudo().create({"name": account.login, "lang": "fr_FR"})
        values.update({"partner_id": contact.id, "signature": False, "action_id": False, "notification_type": "email"})
    if values:
        account.write(values)
    if joins and account not in made and "@" in account.login:
        # Only now: with an address, the CRM would tell her by mail of each change above.
        account.partner_id.write({"email": account.login})
