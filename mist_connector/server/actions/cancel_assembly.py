"""Cancel an assembly, and withdraw each of its mails that has not left, in the same write.

The button « Prévenir de l'annulation » tells those who got one.
"""

from mist_connector.server.given import UserError, env

wanted = env.context.get("active_ids") or []
mine = env["x_mist_assembly"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_state not in (False, "planned", "convened")):
    raise UserError("Une assemblée ouverte ou close ne s'annule plus.")
mine.write({"x_state": "cancelled", "x_asked": False, "x_checked": False})
for one in mine:
    env.cr.execute(
        "SELECT id FROM x_mist_dispatch WHERE x_document LIKE %s AND x_state IN ('waiting', 'queued') FOR UPDATE",
        ["assembly_% " + one.x_name + "%"],
    )
    held = env["x_mist_dispatch"].sudo().browse([row[0] for row in env.cr.fetchall()])
    mails = env["mail.mail"].sudo().search([("id", "in", [mail for mail in held.mapped("x_mail") if mail])])
    stopped = held.filtered(lambda each: each.x_state == "waiting" or each.x_mail in mails.ids)
    mails.unlink()
    stopped.write({"x_state": "replaced", "x_body": False, "x_enclosed": False, "x_mail": False})
    (held - stopped).write({"x_state": "sent", "x_body": False, "x_enclosed": False, "x_failure": False})
