"""Note that the caller heard these reports, and close their notices in the same write.

She must be one of those who hear a report and may read it.
"""

from mist_connector.server.given import env, today

wanted = env.context.get("active_ids") or []
mine = env["x_mist_alert"].with_user(env.uid).search([("id", "in", wanted), ("x_heard_on", "=", False)])
mine.sudo().write({"x_heard_on": today})
notices = [f"MIST : à lire ({one.x_name})" for one in mine]
env["mail.activity"].sudo().search([("summary", "in", notices)]).action_archive()
