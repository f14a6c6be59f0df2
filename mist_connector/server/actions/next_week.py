"""Create the same session again, a week later; each push adds one to the series."""

from mist_connector.server.given import datetime, env

mine = env["x_mist_session"].with_user(env.uid).search([("id", "in", env.context.get("active_ids") or [])])
for one in mine:
    day = one.x_on + datetime.timedelta(days=7)
    while mine.search_count([("x_activity", "=", one.x_activity), ("x_on", "=", day)]):
        day += datetime.timedelta(days=7)
    mine.create([{"x_activity": one.x_activity, "x_on": day, "x_outing": one.x_outing}])
action = {"type": "ir.actions.client", "tag": "soft_reload"}
