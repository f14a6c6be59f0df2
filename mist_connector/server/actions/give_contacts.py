"""Give a contact to each of these people who has none, or to everybody who has none.

A contact that an interrupted run left behind is used first. A new contact shows the person's code only. Two
such calls at once meet on the people, and the CRM runs the later one again.
"""

from mist_connector.server.given import env

wanted = env.context.get("mist_people")
named = [("id", "in", wanted)] if wanted else []
people = env["x_mist_person"].sudo().with_context(active_test=False)
lacks = ["|", ("x_contact_id", "=", False), ("x_contact_id.user_ids", "!=", False)]
lacking = people.search(lacks + named)
env.cr.execute("UPDATE x_mist_person SET x_name = x_name WHERE id = ANY(%s)", [lacking.ids])
quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
contacts = env["res.partner"].sudo().with_context(active_test=False, **quiet)
loose = {}
if lacking:
    linked = people.search([("x_contact_id", "!=", False)]).mapped("x_contact_id").ids
    free = [("name", "in", lacking.mapped("x_name")), ("user_ids", "=", False), ("id", "not in", linked)]
    for contact in contacts.search(free):
        loose[contact.name] = contact.id
new = [one for one in lacking if one.x_name not in loose]
made = contacts.create([{"name": one.x_name} for one in new])
for place in range(len(new)):
    loose[new[place].x_name] = made[place].id
for one in lacking:
    one.write({"x_contact_id": loose[one.x_name]})
# The day on which a contact was made would tell on which day somebody came.
env.flush_all()
env.cr.execute("UPDATE res_partner SET create_date = '2000-01-01', write_date = '2000-01-01' WHERE id = ANY(%s)", [made.ids])
made.invalidate_recordset(["create_date", "write_date"])
asked = people.search(named) if named else lacking
action = {"contacts": [[one.id, one.x_contact_id.id] for one in asked]}
