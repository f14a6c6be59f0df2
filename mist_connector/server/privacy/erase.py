"""Erase one person, `work["code"]`, in this transaction, after her contact is shielded.

The search that proves the end of it runs before her name is forgotten.
"""

from mist_connector.server.given import UserError, env
from mist_connector.server.privacy.about_her import of_them
from mist_connector.server.privacy.identity import cr, known_as, known_by, together, work
from mist_connector.server.privacy.shield import cleaned, count, known, removed
from mist_connector.server.privacy.sweep import MODELS, named_anywhere, named_in_files, quoted

of_her = of_them[work["code"]]
person, goes_of, stays_of = of_her["person"], of_her["goes"], of_her["stays"]
if of_her["anonymous"] or of_her["in_force"]:
    raise UserError("mist: not to be erased now")
# Where she has no contact, nothing hangs on one; she is looked for all the same.
names, emails, phones = known_as(person)
hers = known_by(names, emails, phones)
looked_for = together([hers] + list(known.values()))
found = named_anywhere({work["code"]: looked_for})[work["code"]]
files, unread = named_in_files({work["code"]: looked_for})
places = [["ir.attachment", number, work["code"]] for number in files[work["code"]]]
for table in found:
    places += [[MODELS.get(table, table), number, work["code"]] for number in found[table]]
tables = {}
for each in work["register"]:
    tables[each["key"]] = each
for key in goes_of:
    model = tables[key]["model"]
    attached = env["ir.attachment"].sudo().search([("res_model", "=", model), ("res_id", "in", goes_of[key])])
    attached.unlink()
    # What the clock shows somebody to do about her says nothing, and would be left without what it is about.
    for column in tables[key]["bells"]:
        bells = env[model].sudo().browse(goes_of[key]).mapped(column)
        count(removed, "mail.activity", len(bells))
        bells.with_context(mail_activity_quick_update=True).unlink()
env.flush_all()
# Straight from the tables: the bylaws' own guards keep decisions and closed assemblies from being changed.
for key in goes_of:
    cr.execute(f"DELETE FROM {quoted(env[tables[key]['model']]._table)} WHERE id = ANY(%s)", [goes_of[key]])
for key in stays_of:
    emptied = ", ".join([quoted(column) + " = NULL" for column in tables[key]["without"]])
    if emptied:
        table = quoted(env[tables[key]["model"]]._table)
        cr.execute(f"UPDATE {table} SET {emptied} WHERE id = ANY(%s)", [stays_of[key]])
contact = person.x_contact_id.id
if stays_of or of_her["of_others"]:
    kept = work["identity"]["required"]
    emptied = ", ".join([quoted(name) + " = NULL" for name in work["person_columns"] if name not in kept])
    marked = ", ".join([quoted(name) + " = %s" for name in kept])
    values = [work["mark"]] * len(kept) + [person.id]
    cr.execute(f"UPDATE x_mist_person SET {emptied}, {marked} WHERE id = %s", values)
else:
    of_her = [("res_model", "=", "x_mist_person"), ("res_id", "=", person.id)]
    env["ir.attachment"].sudo().search(of_her).unlink()
    env.flush_all()
    cr.execute("DELETE FROM x_mist_person WHERE id = %s", [person.id])
    if contact:
        # Nothing stands for her code any more: the contact, put away, no longer bears it.
        cr.execute(
            """
            UPDATE res_partner SET active = false, name = %s, complete_name = %s, write_date = create_date
             WHERE id = %s""",
            [work["mark"], work["mark"], contact],
        )
env.invalidate_all(flush=False)
came = ["unread " + str(unread)]
came += ["place " + model + " " + str(number) for model, number, whose in places]
came += ["removed " + model + " " + str(removed[model]) for model in removed]
came += ["cleaned " + model + " " + str(cleaned[model]) for model in cleaned]
noted = {"x_codes": work["code"], "x_count": 1, "x_outcome": "; ".join(came)}
env["x_mist_reading"].sudo().create({**work["entry"], **noted})
env.registry.clear_cache()
action = {"outcome": noted["x_outcome"]}
