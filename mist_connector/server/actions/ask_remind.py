"""Ask the connector to remind those who were invited of their assembly."""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state not in ("convened", "open")):
    raise UserError("Un rappel suit la convocation.")
mine.write({"x_asked": "remind", "x_told": False})
