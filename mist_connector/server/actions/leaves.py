"""Note that these people leave their assembly now.

Somebody who has not arrived cannot leave.
"""

from mist_connector.server.given import UserError, env, time_of_day

wanted = env.context.get("active_ids") or []
now = time_of_day
mine = env["x_mist_invitee"].with_user(env.uid).search([("id", "in", wanted)])
for one in mine:
    before = (one.x_presence or "").strip()
    if not before.endswith("-"):
        msg = f"{one.x_name} : pas encore arrivée."
        raise UserError(msg)
    if before.endswith(now + "-"):
        msg = f"{one.x_name} : arrivée à l'instant."
        raise UserError(msg)
    one.write({"x_presence": before + now})
