"""What the CRM runs to see which contacts are people of the register's, and what hangs on a contact."""

CONTACTS = r"""
partners = env['res.partner'].sudo().with_context(active_test=False)
people = env['x_mist_person'].sudo().with_context(active_test=False)
NEVER = ['res_partner', 'res_users', 'res_company']
COMPANIES = env['res.company'].sudo().search([]).mapped('partner_id').ids

def left_alone(contact):
    # Why a contact is not shielded, in one word; nothing where it may be.
    if not contact.exists():
        return 'gone'
    accounts = contact.with_context(active_test=False).user_ids
    if accounts:
        return 'account' if accounts.filtered(lambda one: one.active or not one.share) else 'closed_portal'
    if contact.is_company or contact.id in COMPANIES:
        return 'company'
    return ''

def split_name(name):
    # The given name, then the others: « Nom, Prénom » as address books write, else the first word is given.
    last, comma, first = (name or '').partition(',')
    if comma and first.strip() and last.strip():
        return [first.strip(), last.strip()]
    words = (name or '').replace(',', ' ').split()
    return [words[0], ' '.join(words[1:])] if len(words) > 1 else []

# Every column of the server that leads to a contact; and every pair of columns that names a record by its
# model and number.
cr.execute('''
    SELECT c.conrelid::regclass::text, a.attname::text,
           (SELECT count(*) FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id')
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = 'res_partner'::regclass ORDER BY 1, 2''')
LINKS = [row for row in cr.fetchall() if row[0] not in NEVER and not row[0].startswith('x_mist_')]
PAIRS = []

def companion(fields, name):
    # The column that tells the model of the number in this one.
    if fields[name].type == 'many2one_reference':
        return fields[name].model_field
    for other in [name[:-2] + 'model', 'model', 'model_name']:
        if fields[name].type == 'integer' and name.endswith('res_id') and other in fields:
            return other
    return ''

for table in MODELS:
    fields = env[MODELS[table]]._fields
    for name in fields:
        other = companion(fields, name)
        if other and fields[name].store and fields[other].store and not table.startswith('x_mist_'):
            PAIRS.append([table, other, name])

def goes(table, column):
    # Whether a record that leads to a contact by this column is the contact's own.
    model = MODELS.get(table, '')
    return column in work['goes'].get(model, []) or (model and env[model]._transient)

def paired(table, other, column, model, ids):
    # The records of a table that name one of these records, each with the number that it names.
    t, o, c = quoted(table), quoted(other), quoted(column)
    cr.execute(f'SELECT id, {c} FROM {t} WHERE {o} = %s AND {c} = ANY(%s)', [model, ids])
    return cr.fetchall()

def linked_by(table, column, number, ids):
    # The records of a table that lead to one of these contacts, each with the contact.
    t, c = quoted(table), quoted(column)
    cr.execute(f'SELECT {quoted(number)}, {c} FROM {t} WHERE {c} = ANY(%s)', [ids])
    return cr.fetchall()

def hanging(ids):
    # For each contact, how many records of each model hang on it, by which column.
    counts, found = {}, {}
    for table, column, numbered in LINKS:
        for number, contact in linked_by(table, column, 'id' if numbered else column, ids):
            key = (contact, MODELS.get(table, table), column)
            counts[key] = counts.get(key, 0) + 1
    for table, other, column in PAIRS:
        for number, contact in paired(table, other, column, 'res.partner', ids):
            key = (contact, MODELS[table], column)
            counts[key] = counts.get(key, 0) + 1
    for contact, model, column in counts:
        found.setdefault(contact, []).append([model, column, counts[(contact, model, column)]])
    return found
"""
FIND = r"""
rows, seen, problems = [], {}, []
nobody = people.browse()

def propose(contact, how, person, line):
    # One contact is proposed once; the first way in which it was found counts.
    known = seen.get(contact.id)
    if known is not None:
        if person and known['person'] and known['person'] != person.x_name:
            known['left'] = 'two_people'
        known['person'] = known['person'] or person.x_name or ''
        return
    row = {'contact': contact.id, 'how': how, 'person': person.x_name or '', 'line': line}
    row['left'] = left_alone(contact)
    if not row['left'] and not person and not line and not split_name(contact.name):
        row['left'] = 'one_word'
    row['split'] = split_name(contact.name) if work['names'] and not person and not row['left'] else []
    rows.append(row)
    seen[contact.id] = row

by_mail, twice = {}, []
for column in work['identity']['emails']:
    for person in people.search([(column, '!=', False)]):
        for address in addresses(person[column]):
            if by_mail.get(address, person) != person:
                twice.append(address)
            by_mail[address] = person
linked = {}
for person in people.search([('x_contact_id', '!=', False)]):
    linked[person.x_contact_id.id] = person

def person_of(contact):
    # Whose a contact is by a link, or by the one safe address that is also the contact's.
    if contact.id in linked:
        return linked[contact.id]
    address = contact.email_normalized or ''
    return by_mail[address] if address in by_mail and address not in twice else nobody

def contacts_named(word):
    # The contacts that a number, an address or an external id leads to.
    if word.isdigit():
        return partners.browse(int(word)).exists()
    if '@' in word:
        return partners.search([('email_normalized', '=', word.lower())])
    record = env.ref(word, raise_if_not_found=False) if '.' in word else False
    return partners.browse(record.id) if record and record._name == 'res.partner' else partners.browse()

for asked in work['lines']:
    found, line = contacts_named(asked['contact']), asked['line']
    person = people.search([('x_name', '=', asked['person'])]) if asked['person'] else nobody
    if asked['person'] and not person:
        problems.append([line, 'unknown_person'])
    elif len(found) != 1:
        problems.append([line, 'several_contacts' if found else 'no_contact'])
    else:
        propose(found, 'file', person or person_of(found), line)
        if person and linked.get(found.id, person) != person:
            seen[found.id]['left'] = 'two_people'
categories = env['res.partner.category'].sudo().with_context(active_test=False, lang='fr_FR')
for tag in work['tags']:
    named = categories.search([('name', '=ilike', tag)])
    if not named:
        problems.append([0, 'no_tag'])
    for contact in partners.search([('category_id', 'in', named.ids)], order='id'):
        propose(contact, 'tag', person_of(contact), 0)
# Where nothing is asked for: whoever has a safe address of the register's, or is linked to a person.
alone = not work['lines'] and not work['tags']
for contact in partners.search([('email_normalized', 'in', list(by_mail))], order='id') if alone else []:
    propose(contact, 'mail', person_of(contact), 0)
    if contact.email_normalized in twice and contact.id not in linked:
        seen[contact.id]['left'] = 'two_people'
columns = ['email', 'phone', 'street', 'city', 'comment', 'vat', 'website', 'ref', 'category_id']
columns = [column for column in columns if column in partners._fields]

def shielded(contact, code):
    # Whether a contact shows a person's code and nothing of her.
    for column in columns:
        if contact[column]:
            return False
    return contact.name == code

already = []
# A contact that was shielded has lost its tags: of those that were found by one, the link alone still tells.
for number in linked if not work['lines'] else []:
    contact = partners.browse(number).exists()
    done = contact and shielded(contact, linked[number].x_name)
    if contact and alone and (work['again'] or not done):
        propose(contact, 'linked', linked[number], 0)
    elif done:
        already.append(linked[number].x_name)
for row in rows:
    ready = row['person'] and not row['left'] and not work['again']
    if ready and shielded(partners.browse(row['contact']), row['person']):
        row['left'] = 'done'
        already.append(row['person'])
# Two contacts for one person are told apart by people, unless an administrator named both.
by_person = {}
for row in rows:
    if row['person'] and not row['left'] and row['how'] != 'file':
        by_person.setdefault(row['person'], []).append(row)
for code in by_person:
    if len(by_person[code]) > 1:
        for row in by_person[code]:
            row['left'] = 'two_contacts'
never = ['account', 'company', 'gone', 'done']
counts = hanging([row['contact'] for row in rows if row['left'] not in never])
for row in rows:
    row['hangs'] = counts.get(row['contact'], [])
action = {'rows': rows, 'problems': problems, 'already': list(set(already))}
"""
