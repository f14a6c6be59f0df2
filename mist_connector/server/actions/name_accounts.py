"""Give each account the code of the person whose functions it has as its name (Q27).

The caller names records. This action works out the code from the functions alone.
"""

from mist_connector.server.given import env

never = ["base.group_system", "base.group_erp_manager", "mist_connector.group_connector"]
functions = env["x_mist_function"].sudo()
accounts = functions.browse(env.context.get("mist_functions") or []).exists().mapped("x_user_id")
accounts |= env["res.users"].sudo().browse(env.context.get("mist_accounts") or []).exists()
for account in accounts.with_context(active_test=False):
    people = functions.search([("x_user_id", "=", account.id)]).mapped("x_person_id")
    if len(people) == 1 and not any([account.has_group(name) for name in never]):
        account.write({"name": people.x_name})
