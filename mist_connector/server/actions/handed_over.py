"""Note that a document which no mail could bring was handed over by other means.

Only dispatches that the caller may read count.
"""

from mist_connector.server.given import UserError, env, today

wanted = env.context.get("active_ids") or []
mine = env["x_mist_dispatch"].with_user(env.uid).search([("id", "in", wanted)])
failed = mine.sudo().filtered(lambda one: one.x_state == "failed" and not one.x_handled_on)
if not failed:
    raise UserError("Seul un envoi en échec se remet autrement.")
failed.write({"x_handled_on": today})
