"""Search for people outside of the register, after a shielding."""

from mist_connector.server.given import datetime, dateutil, env
from mist_connector.server.privacy.contacts import people
from mist_connector.server.privacy.identity import known_as, known_by, work
from mist_connector.server.privacy.sweep import MODELS, named_anywhere, named_in_files

today = datetime.datetime.now(dateutil.tz.gettz(work["zone"])).date()
# A contact may bear a name while a consent covers it, and so may an account held for a function (Q27).
known, allowed = {}, {}
domain = [("x_name", "in", work["codes"])] if work["codes"] else []
wanted = people.search(domain, order="id", offset=work["offset"], limit=work["limit"])
for person in wanted:
    names, emails, phones = known_as(person)
    known[person.x_name] = known_by(names, emails, phones)
    of_her = [("x_person_id", "=", person.id)]
    seen = env["x_mist_consent"].sudo().search(of_her + [("x_since", "<=", today), ("x_until", ">=", today)])
    users = env["x_mist_function"].sudo().search(of_her).mapped("x_user_id")
    named = (person.x_contact_id.ids if seen and work["named"] else []) + users.mapped("partner_id").ids
    allowed[person.x_name] = {"res_partner": named, "res_users": users.ids}
found = named_anywhere(known)
files, unread = named_in_files(known) if work["files"] else ({}, 0)
places = []
for code in known:
    for table in found[code]:
        may = allowed[code].get(table, [])
        ids = [number for number in found[code][table] if number not in may]
        places += [[MODELS.get(table, table), number, code] for number in ids]
    places += [["ir.attachment", number, code] for number in files.get(code, [])]
action = {"searched": list(known), "places": places, "unread": unread}
