"""Move identities into the register and out of all other records, in one transaction.

It happens for all the contacts of a step or not at all. So a command that is stopped anywhere can be run
again: contacts that are done are recognised.
"""

from mist_connector.server.given import env
from mist_connector.server.privacy.contacts import LINKS, NEVER, PAIRS, goes, left_alone, linked_by, paired, partners, people, split_name
from mist_connector.server.privacy.identity import addresses, cr, known_as, known_by, look_for, spelt, words_of, work
from mist_connector.server.privacy.sweep import EXACT, MODELS, TEXTS, clean, named_among, named_anywhere, numbers_in, quoted

mark = work["mark"]
ADDRESS = [
    "street",
    "street2",
    "zip",
    "city",
    "street_name",
    "street_number",
    "street_number2",
    "city_id",
    "contact_address_complete",
    "partner_latitude",
    "partner_longitude",
]
removed, cleaned, elsewhere, done, left = {}, {}, [], [], []
scope, refers = {}, []


def count(where, model, number):
    """Add to a count of records of a model."""
    if number:
        where[model] = where.get(model, 0) + number


def loose_files(ids):
    """Return the files of these messages that hang on nothing else."""
    return numbers_in(
        """
        SELECT r.attachment_id FROM message_attachment_rel r JOIN ir_attachment a ON a.id = r.attachment_id
         WHERE r.message_id = ANY(%s)
           AND (coalesce(a.res_id, 0) = 0 OR a.res_model IN ('mail.message', 'mail.compose.message'))
           AND NOT EXISTS (SELECT 1 FROM message_attachment_rel o
                            WHERE o.attachment_id = a.id AND o.message_id <> ALL(%s))""",
        [ids, ids],
    )


def delete(table, ids):
    """Delete records of a table, and count them.

    The CRM's own code removes files, which frees the disk; other records go straight from their table.
    """
    if table == "ir_attachment":
        env["ir.attachment"].sudo().browse(ids).exists().unlink()
        env.flush_all()
    else:
        if table == "mail_message":
            delete("ir_attachment", loose_files(ids))
        cr.execute(f"DELETE FROM {quoted(table)} WHERE id = ANY(%s)", [ids])
    count(removed, MODELS.get(table, table), len(ids))


def leads_to_her(table, rows):
    """Remember records that lead to her and stay: they are cleaned."""
    refers.append([table, rows])
    scope.setdefault(table, set()).update([row[0] for row in rows])


WHOLE = work["identity"]["whole"]

# 1. Who is who: her person in the register, the contacts that are hers, what she is known by.
contacts, codes, known, parts, beside = [], {}, {}, {}, []
for asked in work["contacts"]:
    contact = partners.browse(asked["contact"])
    reason = left_alone(contact)
    named = [("x_name", "=", asked["person"])] if asked["person"] else [("x_contact_id", "=", contact.id)]
    person = people.browse() if reason else people.search(named)
    values = {column: value for column, value in asked["values"].items() if value}
    words = split_name(contact.name) if not reason else []
    told = all([values.get(column) for column in WHOLE])
    if not reason and not person and not told and not words:
        reason = "one_word"
    if reason:
        left.append([asked["contact"], reason])
        continue
    if not person and not told:
        values.update(dict(zip(WHOLE, words, strict=False)))
    mails = addresses(contact.email)
    language = work["languages"].get((contact.lang or "")[:2], "")
    offered = [(column, mails[0] if mails else "") for column in work["identity"]["emails"][:1]]
    offered += [(column, contact.phone) for column in work["identity"]["phones"][:1]]
    offered.append(("x_language", language))
    for column, value in offered:
        if value and column not in values:
            values[column] = value
    if person:
        # What the register knows already is the staff's word: it is never replaced.
        missing = {}
        for column in values:
            if not person[column]:
                missing[column] = values[column]
        person.write(missing)
    else:
        person = people.create(values)
    if person.x_contact_id.exists() and person.x_contact_id != contact:
        beside.append(contact.id)
    elif person.x_contact_id != contact:
        person.write({"x_contact_id": contact.id})
    hers = contact | partners.search([("parent_id", "=", contact.id), ("type", "!=", "contact")])
    hers = hers.filtered(lambda one: not one.user_ids)
    env.flush_all()
    names, emails, phones = known_as(person)
    cr.execute("SELECT to_jsonb(p) FROM res_partner p WHERE id = ANY(%s)", [hers.ids])
    for row in cr.fetchall():
        if row[0]["id"] == contact.id and row[0]["name"] != person.x_name:
            names.append(row[0]["name"])
        for column in row[0]:
            value = row[0][column]
            if isinstance(value, str) and "@" in value and column != "comment":
                emails.append(value)
            if isinstance(value, str) and any([word in column for word in ["phone", "mobile", "fax", "tel"]]):
                phones.append(value)
    known[contact.id] = known_by(names, emails, phones)
    lone = []
    for name in names:
        lone += [word for word in words_of(name) if len(word) > 2]
    for each in hers:
        contacts.append(each.id)
        codes[each.id] = person.x_name
        parts[each.id] = sorted(set(lone))
        if each != contact:
            beside.append(each.id)
    done.append([contact.id, person.x_name])
env.flush_all()

# 2. What is hers goes; what leads to her stays, without the link where it can be.
for table, other, column in PAIRS:
    rows = paired(table, other, column, "res.partner", contacts)
    if rows and goes(table, column):
        delete(table, [row[0] for row in rows])
    elif rows:
        leads_to_her(table, rows)
        if not env[MODELS[table]]._fields[column].required:
            t, c = quoted(table), quoted(column)
            cr.execute(f"UPDATE {t} SET {c} = NULL WHERE id = ANY(%s)", [[row[0] for row in rows]])
for table, column, numbered in LINKS:
    if numbered:
        rows = linked_by(table, column, "id", contacts)
        if rows and goes(table, column):
            delete(table, [row[0] for row in rows])
        elif rows:
            leads_to_her(table, rows)
        continue
    # A list of contacts: what has the list leads to her, and she leaves the list.
    cr.execute(
        """
        SELECT a.attname::text, c.confrelid::regclass::text FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.conrelid = %s::regclass AND a.attname <> %s""",
        [table, column],
    )
    for number, owner in cr.fetchall():
        rows = linked_by(table, column, number, contacts)
        if rows and owner in TEXTS and owner not in NEVER:
            leads_to_her(owner, rows)
    cr.execute(f"DELETE FROM {quoted(table)} WHERE {quoted(column)} = ANY(%s)", [contacts])
    count(removed, table, cr.rowcount)

# 3. Records that are about her alone lose their words, and what hangs on them; others keep theirs.
for table, rows in refers:
    ids, model = [row[0] for row in rows], MODELS.get(table, "")
    emptied = []
    for name in work["empties"].get(model, []):
        if name in TEXTS[table]["columns"]:
            empty = "'" + mark + "'" if env[model]._fields[name].required else "NULL"
            emptied.append(f"{quoted(name)} = {empty}")
    if emptied:
        changed = ", ".join(emptied)
        cr.execute(f"UPDATE {quoted(table)} SET {changed} WHERE id = ANY(%s)", [ids])
    for hung, other, column in PAIRS:
        found = [row[0] for row in paired(hung, other, column, model, ids)]
        if found and model in work["empties"] and goes(hung, column):
            delete(hung, found)
        elif found:
            scope.setdefault(hung, set()).update(found)

# 4. Her contact shows her code and nothing else; one that stands beside it is put away.
cr.execute(
    """
    SELECT column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = 'res_partner' AND is_generated = 'NEVER'
       AND is_nullable = 'YES' AND column_name <> ALL(%s)""",
    [work["keeps"] + ["name"]],
)
emptied = ", ".join([quoted(row[0]) + " = NULL" for row in cr.fetchall()])
# Whoever was under her has her address from her, by the CRM's own copying: where it is hers, it goes too.
cr.execute(
    """
    SELECT column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = 'res_partner' AND is_generated = 'NEVER'
       AND column_name = ANY(%s)""",
    [ADDRESS],
)
emptied_address = ", ".join([quoted(row[0]) + " = NULL" for row in cr.fetchall()])
cr.execute(
    f"""
    UPDATE res_partner c SET {emptied_address} FROM res_partner p
     WHERE c.parent_id = p.id AND p.id = ANY(%s) AND c.id <> ALL(%s)
       AND (lower(trim(c.street)) = lower(trim(p.street))
            OR (coalesce(c.street, '') = '' AND c.zip = p.zip))""",
    [contacts, contacts],
)
count(cleaned, "res.partner", cr.rowcount)
under = numbers_in(
    """
    UPDATE res_partner SET parent_id = NULL
     WHERE parent_id = ANY(%s) AND id <> ALL(%s) RETURNING id""",
    [contacts, contacts],
)
left += [[number, "was_under_her"] for number in under]
for contact in contacts:
    cr.execute(
        f"""
        UPDATE res_partner SET {emptied}, name = %s, complete_name = %s, commercial_partner_id = id,
               active = %s, write_date = now() at time zone 'UTC'
         WHERE id = %s""",
        [codes[contact], codes[contact], contact not in beside, contact],
    )
cr.execute(
    """
    UPDATE res_partner SET commercial_partner_id = id
     WHERE commercial_partner_id = ANY(%s) AND id <> ALL(%s)""",
    [contacts, contacts],
)

# 5. Whatever still holds a name, an address or a number.
for model in work["fleeting"]:
    if model in env:
        cr.execute(f"DELETE FROM {quoted(env[model]._table)}")


def cleaned_copies(table, ids):
    """Empty what the CRM noted by itself, and return the records that still name her."""
    noted, names = work["copies"].get(MODELS.get(table, ""), []), []
    for name in noted:
        if name in TEXTS[table]["columns"]:
            names.append(name)
    for name in names:
        t, c = quoted(table), quoted(name)
        cr.execute(f"UPDATE {t} SET {c} = NULL WHERE id = ANY(%s) AND {c}::text ~* {EXACT}", [ids])
        count(cleaned, MODELS[table], cr.rowcount)
    return named_among(table, ids) if names else ids


found = named_anywhere(known)
for contact in found:
    look_for(known[contact])
    for table in found[contact]:
        model, ids = MODELS.get(table, ""), found[contact][table]
        if model and env[model]._transient:
            delete(table, ids)
            continue
        if table == "ir_model_data":
            cr.execute("UPDATE ir_model_data SET name = 'mist_' || id WHERE id = ANY(%s)", [ids])
            count(cleaned, model, len(ids))
            continue
        ids = cleaned_copies(table, ids)
        may = work["redact"] and table not in NEVER and TEXTS[table]["numbered"]
        mine = [number for number in ids if may or number in scope.get(table, set())]
        if mine:
            clean(table, mine, mark)
            count(cleaned, model or table, len(mine))
        elsewhere += [[model or table, number, codes[contact]] for number in ids if number not in mine]

# 6. First and last names alone, where the record leads to her anyway.
for table, rows in refers:
    of_contact = {}
    for number, contact in rows:
        of_contact.setdefault(contact, []).append(number)
    for contact in of_contact:
        words = "|".join([spelt(word) for word in parts[contact]]) or "(?!x)x"
        alone = f"(?<![a-z0-9à-ÿ])(?:{words})(?![a-z0-9à-ÿ])"
        cr.execute("SELECT set_config('mist.exact', %s, true)", [alone])
        clean(table, of_contact[contact], mark)
env.invalidate_all(flush=False)
if done:
    listed = " ".join([code for contact, code in done]) if len(done) <= work["most_codes"] else False
    note = {**work["entry"], "x_codes": listed, "x_count": len(done)}
    env["x_mist_reading"].sudo().create(note)
env.registry.clear_cache()
env.ref("base.autovacuum_job").sudo()._trigger()
action = {"done": done, "left": left, "removed": removed, "cleaned": cleaned, "elsewhere": elsewhere}
