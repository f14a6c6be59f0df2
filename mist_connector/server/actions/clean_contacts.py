"""Remove what a contact of the register gathered beside its fields.

Messages keep old names and addresses. Only contacts of people are cleaned, whatever the caller names. A
contact that belongs to an account is never cleaned.
"""

from mist_connector.server.given import env

wanted = env.context.get("mist_contacts") or []
people = env["x_mist_person"].sudo().search([("x_contact_id", "in", wanted)])
contacts = people.mapped("x_contact_id").with_context(active_test=False)
cleaned = [contact.id for contact in contacts if not contact.user_ids]
for model, column in [
    ("mail.message", "model"),
    ("mail.followers", "res_model"),
    ("mail.activity", "res_model"),
    ("ir.attachment", "res_model"),
]:
    domain = [(column, "=", "res.partner"), ("res_id", "in", cleaned)]
    env[model].sudo().with_context(active_test=False).search(domain).unlink()
# The day on which a contact was made would tell on which day somebody came: the same for all says nothing.
# What marks a contact is written past the CRM, which would note the moment.
env.flush_all()
env.cr.execute("UPDATE res_partner SET create_date = '2000-01-01', write_date = '2000-01-01' WHERE id = ANY(%s)", [cleaned])
env["res.partner"].invalidate_model(["create_date", "write_date"])
