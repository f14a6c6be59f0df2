"""Ask the connector to open a convened assembly."""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state != "convened"):
    raise UserError("Une assemblée s'ouvre une fois convoquée.")
mine.write({"x_asked": "open", "x_told": False})
