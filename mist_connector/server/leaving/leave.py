"""Leave: contacts show codes, mails that have not left are removed, accounts are closed."""

from mist_connector.server.given import env
from mist_connector.server.leaving.seen import accounts, made, mails, named, quiet, robots

for one in named:
    one.x_contact_id.with_context(**quiet).write({"name": one.x_name})
mails.unlink()
for account in robots | (made if env.context["mist_work"]["close"] else accounts.browse()):
    for model, owner in [("res.users.apikeys", "user_id"), ("auth_totp.device", "user_id"), ("auth.passkey.key", "create_uid")]:
        if model in env:
            env[model].sudo().search([(owner, "=", account.id)]).unlink()
    env["res.device"].sudo().search([("user_id", "=", account.id)])._revoke()
    env.cr.execute("SELECT gen_random_uuid()::text || gen_random_uuid()::text")
    account.write({"password": env.cr.fetchone()[0], "active": False})
action = {"done": True}
