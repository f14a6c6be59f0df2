"""See which contacts are people of the register, and which records hang on a contact."""

from mist_connector.server.given import env
from mist_connector.server.privacy.identity import cr, work
from mist_connector.server.privacy.sweep import MODELS, quoted

partners = env["res.partner"].sudo().with_context(active_test=False)
people = env["x_mist_person"].sudo().with_context(active_test=False)
NEVER = ["res_partner", "res_users", "res_company"]
COMPANIES = env["res.company"].sudo().search([]).mapped("partner_id").ids


def left_alone(contact):
    """Return why a contact is not shielded, in one word; empty where it may be."""
    if not contact.exists():
        return "gone"
    accounts = contact.with_context(active_test=False).user_ids
    if accounts:
        return "account" if accounts.filtered(lambda one: one.active or not one.share) else "closed_portal"
    if contact.is_company or contact.id in COMPANIES:
        return "company"
    return ""


def split_name(name):
    """Return the given name, then the others.

    « Nom, Prénom » as address books write, else the first word is given.
    """
    last, comma, first = (name or "").partition(",")
    if comma and first.strip() and last.strip():
        return [first.strip(), last.strip()]
    words = (name or "").replace(",", " ").split()
    return [words[0], " ".join(words[1:])] if len(words) > 1 else []


# Every column of the server that leads to a contact; and every pair of columns that names a record by its
# model and number.
cr.execute("""
    SELECT c.conrelid::regclass::text, a.attname::text,
           (SELECT count(*) FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id')
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = 'res_partner'::regclass ORDER BY 1, 2""")
LINKS = [row for row in cr.fetchall() if row[0] not in NEVER and not row[0].startswith("x_mist_")]
PAIRS = []


def companion(fields, name):
    """Return the column that says of which model the number in this column is."""
    if fields[name].type == "many2one_reference":
        return fields[name].model_field
    for other in [name[:-2] + "model", "model", "model_name"]:
        if fields[name].type == "integer" and name.endswith("res_id") and other in fields:
            return other
    return ""


for table in MODELS:
    fields = env[MODELS[table]]._fields
    for name in fields:
        other = companion(fields, name)
        if other and fields[name].store and fields[other].store and not table.startswith("x_mist_"):
            PAIRS.append([table, other, name])


def goes(table, column):
    """Tell whether a record that leads to a contact by this column is the contact's own."""
    model = MODELS.get(table, "")
    return column in work["goes"].get(model, []) or (model and env[model]._transient)


def paired(table, other, column, model, ids):
    """Return the records of a table that name one of these records, each with the number that it names."""
    t, o, c = quoted(table), quoted(other), quoted(column)
    cr.execute(f"SELECT id, {c} FROM {t} WHERE {o} = %s AND {c} = ANY(%s)", [model, ids])
    return cr.fetchall()


def linked_by(table, column, number, ids):
    """Return the records of a table that lead to one of these contacts, each with the contact."""
    t, c = quoted(table), quoted(column)
    cr.execute(f"SELECT {quoted(number)}, {c} FROM {t} WHERE {c} = ANY(%s)", [ids])
    return cr.fetchall()


def hanging(ids):
    """Return for each contact how many records of each model hang on it, and by which column."""
    counts, found = {}, {}
    for table, column, numbered in LINKS:
        for _number, contact in linked_by(table, column, "id" if numbered else column, ids):
            key = (contact, MODELS.get(table, table), column)
            counts[key] = counts.get(key, 0) + 1
    for table, other, column in PAIRS:
        for _number, contact in paired(table, other, column, "res.partner", ids):
            key = (contact, MODELS[table], column)
            counts[key] = counts.get(key, 0) + 1
    for contact, model, column in counts:
        found.setdefault(contact, []).append([model, column, counts[(contact, model, column)]])
    return found
