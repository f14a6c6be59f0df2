"""Ask the connector to tell those who were invited that their assembly is cancelled."""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state != "cancelled" or not one.x_said_to):
    raise UserError("On prévient de l'annulation d'une assemblée qui a été convoquée.")
mine.write({"x_asked": "cancellation", "x_told": False})
