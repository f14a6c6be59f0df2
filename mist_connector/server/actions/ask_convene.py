"""Ask the connector to convene these assemblies.

Every button of an assembly acts with the rights of the person who pushes it, on the assemblies that she may
read. What needs documents, mails or the counting of the bylaws is asked of the connector, which answers on
the form.
"""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state not in ("planned", "convened")):
    raise UserError("Une assemblée se convoque tant qu'elle n'est pas ouverte.")
mine.write({"x_asked": "convene", "x_told": False})
