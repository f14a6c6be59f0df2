"""Open a person's file for somebody who may open it.

Where there is no file, direction gets a new one, which begins as open.
"""

from mist_connector.server.given import env

one = env["x_mist_person"].with_user(env.uid).browse(env.context.get("active_id"))
found = env["x_mist_file"].with_user(env.uid).search([("x_person_id", "=", one.id)])
action = env["ir.actions.act_window"].sudo()._for_xml_id("mist_connector.window_file")
action.update({"domain": [("x_person_id", "=", one.id)], "context": {}})
new = not found and env.user.has_group("mist_connector.group_direction")
if len(found) == 1 or new:
    action.update({"res_id": found.id, "views": [(False, "form")], "context": {"default_x_person_id": one.id, "default_x_state": "open"}})
