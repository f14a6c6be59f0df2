"""Ask the connector to close an open assembly and to proclaim its results."""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state != "open"):
    raise UserError("Les résultats se proclament quand l'assemblée est ouverte.")
mine.write({"x_asked": "close", "x_told": False})
