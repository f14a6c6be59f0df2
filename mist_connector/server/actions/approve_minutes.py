"""Note that the minutes of these assemblies are approved: once, and after the closing."""

from mist_connector.server.given import UserError, env, today

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state != "closed" or one.x_approved_on):
    raise UserError("Un procès-verbal s'approuve une fois, après la clôture.")
mine.write({"x_approved_on": today})
