"""Record that the people who are ticked in the list attend today's session."""

from mist_connector.server.given import UserError, env, today

french = (env.lang or env.user.lang or "fr_FR").startswith("fr")
sessions = env["x_mist_session"].with_user(env.uid).search([("x_on", "=", today)])
if len(sessions) != 1:
    raise UserError(
        f"Il y a aujourd'hui {len(sessions)} rendez-vous au programme : choisissez-le (Programme, « Noter les présences »)."
        if french
        else f"There are {len(sessions)} sessions on today's programme: choose it (Programme, “Note who was there”)."
    )
facts = env["x_mist_attendance"].with_user(env.uid)
people = env["x_mist_person"].with_user(env.uid).search([("id", "in", env.context.get("active_ids") or [])])
day = {"x_activity": sessions.x_activity, "x_on": today}
same = [("x_activity", "=", sessions.x_activity), ("x_on", "=", today), ("x_person_id", "in", people.ids)]
new = people - facts.search(same).mapped("x_person_id")
facts.create([dict(day, x_person_id=one.id, x_state="present") for one in new])
said = "%s présence(s) notée(s)." if french else "%s attendance(s) noted."
action = {
    "type": "ir.actions.client",
    "tag": "display_notification",
    "params": {"message": said % len(new), "type": "success", "next": {"type": "ir.actions.client", "tag": "soft_reload"}},
}
