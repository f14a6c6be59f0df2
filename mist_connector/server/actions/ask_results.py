"""Ask the connector to send the results of a closed assembly."""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state != "closed"):
    raise UserError("Les résultats partent une fois l'assemblée close.")
mine.write({"x_asked": "results", "x_told": False})
