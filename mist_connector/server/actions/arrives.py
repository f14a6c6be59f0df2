"""Note that these people arrive at their assembly now.

An arrival is noted between the convocation and the closing.
"""

from mist_connector.server.given import UserError, env, time_of_day

wanted = env.context.get("active_ids") or []
now = time_of_day
mine = env["x_mist_invitee"].with_user(env.uid).search([("id", "in", wanted)])
if not mine or mine.filtered(lambda one: one.x_assembly_id.x_state not in ("convened", "open")):
    raise UserError("Les présences se notent entre la convocation et la clôture.")
for one in mine:
    before = (one.x_presence or "").strip()
    if before.endswith("-"):
        msg = f"{one.x_name} : déjà là."
        raise UserError(msg)
    one.write({"x_presence": (before + ", " if before else "") + now + "-"})
