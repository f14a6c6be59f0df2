"""Create reminders, and beside each an activity in the CRM for the person who is told.

The activity has no document: only then can nobody but this person read it, and the CRM mails it to nobody.
It says nothing of what it is about. Two such calls at once meet on the association's record, and the CRM
runs the later one again.
"""

from mist_connector.server.given import application_name, env

env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
reminders = env["x_mist_reminder"].sudo()
activities = env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
columns = ["x_cause", "x_person_id", "x_sentence", "x_mend", "x_because", "x_due", "x_function_id"]
ended = reminders.browse(env.context.get("mist_ended") or []).exists()
ended.mapped("x_activity_id").unlink()
ended.unlink()
told = env.context.get("mist_told") or []
held = {}
for one in reminders.search([("x_cause", "in", [row["x_cause"] for row in told])]):
    held[one.x_cause] = one
new = []
for row in told:
    values = {column: row[column] for column in columns}
    one = held.get(row["x_cause"])
    if not one:
        new.append(dict(values, x_state="open"))
    elif one.x_state == "open":
        one.write(values)
created = reminders.create(new)
quiet = created.browse()
for one in created | reminders.browse([one.id for one in held.values()]):
    account = one.x_function_id.x_user_id
    if one.x_state != "open":
        one.x_activity_id.unlink()
    elif account and account.active and one.x_activity_id:
        one.x_activity_id.write({"user_id": account.id, "date_deadline": one.x_due})
    elif account and account.active:
        quiet |= one
link = f'<a href="/odoo/action-mist_connector.window_reminder">{application_name}, À faire</a>'
bells = activities.create(
    [
        {
            "user_id": one.x_function_id.x_user_id.id,
            "date_deadline": one.x_due,
            "summary": f"{application_name} : à faire ({one.x_name})",
            "note": f"<p>{link}</p>",
        }
        for one in quiet
    ]
)
for place in range(len(bells)):
    quiet[place].write({"x_activity_id": bells[place].id})
