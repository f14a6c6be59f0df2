"""Open the form of the person whom a reminder is about."""

from mist_connector.server.given import env

one = env["x_mist_reminder"].with_user(env.uid).browse(env.context.get("active_id"))
action = {
    "type": "ir.actions.act_window",
    "res_model": "x_mist_person",
    "res_id": one.x_person_id.id,
    "views": [(False, "form")],
    "target": "current",
}
