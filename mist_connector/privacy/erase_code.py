"""What the CRM runs to erase a person on request: shown first, then done in one transaction, or not at all.

The shielding's own code runs before it on her contact, while it is still known whom to look for; the search
that proves the end of it runs before her name is forgotten.
"""

from textwrap import indent

_ABOUT_HER = r"""
person = people.search([('x_name', '=', code)])
if not person:
    raise UserError('mist: nobody has the code ' + code)
anonymous = all([person[column] == work['mark'] for column in work['identity']['required']])
today = datetime.datetime.now(dateutil.tz.gettz(work['zone'])).date()
in_force = env['x_mist_function'].sudo().search([('x_person_id', '=', person.id), ('x_since', '<=', today)])
in_force = in_force.filtered(lambda one: not one.x_until or one.x_until >= today)
goes_of, stays_of, of_others, told = {}, {}, {}, []
for each in work['register']:
    told += [each['key']] if each['told'] else []
    for column in each['links']:
        ids = env[each['model']].sudo().with_context(active_test=False).search([(column, '=', person.id)]).ids
        if ids and column != 'x_person_id':
            # Somebody else's record: it keeps the link to a code that no longer says who she was.
            of_others[each['key']] = of_others.get(each['key'], 0) + len(ids)
        elif ids and each['stays']:
            stays_of[each['key']] = ids
        elif ids:
            goes_of[each['key']] = ids
counted = {
    'anonymous': anonymous,
    'in_force': len(in_force),
    'goes': {key: len(goes_of[key]) for key in goes_of if key in told},
    'stays': {key: len(stays_of[key]) for key in stays_of if key in told},
    'of_others': {key: of_others[key] for key in of_others if key in told},
}
"""
# Written in the transaction that erased her: where it stands, she was.
_EARLIER = r"""
noted = env['x_mist_reading'].sudo().search(
    [('x_command', '=', 'mist privacy erase'), ('x_codes', '=', code)], order='id desc', limit=1)
earlier = [str(noted.x_on), noted.x_account, noted.x_outcome or ''] if noted else []
"""
ABOUT_HER = f"code = work['code']\n{_ABOUT_HER}"
PREVIEW = f"""
previews = []
for code in work['codes']:
{indent(_EARLIER, "    ")}
    if earlier and not people.search_count([('x_name', '=', code)]):
        nothing = {{'goes': {{}}, 'stays': {{}}, 'of_others': {{}}}}
        previews.append({{**nothing, 'anonymous': True, 'in_force': 0, 'contact': 0, 'earlier': earlier}})
        continue
{indent(_ABOUT_HER, "    ")}
    previews.append({{**counted, 'contact': person.x_contact_id.id or 0, 'earlier': earlier}})
hung = hanging([each['contact'] for each in previews if each['contact']])
for each in previews:
    each['hangs'] = hung.get(each['contact'], [])
action = {{'people': previews}}
"""
ERASE = r"""
if anonymous or in_force:
    raise UserError('mist: not to be erased now')
# Where she has no contact, nothing hangs on one; she is looked for all the same.
names, emails, phones = known_as(person)
hers = known_by(names, emails, phones)
looked_for = together([hers] + list(known.values()))
found = named_anywhere({work['code']: looked_for})[work['code']]
files, unread = named_in_files({work['code']: looked_for})
places = [['ir.attachment', number, work['code']] for number in files[work['code']]]
for table in found:
    places += [[MODELS.get(table, table), number, work['code']] for number in found[table]]
tables = {}
for each in work['register']:
    tables[each['key']] = each
for key in goes_of:
    model = tables[key]['model']
    attached = env['ir.attachment'].sudo().search([('res_model', '=', model), ('res_id', 'in', goes_of[key])])
    attached.unlink()
    # What the clock shows somebody to do about her says nothing, and would be left without what it is about.
    for column in tables[key]['bells']:
        bells = env[model].sudo().browse(goes_of[key]).mapped(column)
        count(removed, 'mail.activity', len(bells))
        bells.with_context(mail_activity_quick_update=True).unlink()
env.flush_all()
# Straight from the tables: the bylaws' own guards keep decisions and closed assemblies from being changed.
for key in goes_of:
    cr.execute(f"DELETE FROM {quoted(env[tables[key]['model']]._table)} WHERE id = ANY(%s)", [goes_of[key]])
for key in stays_of:
    emptied = ', '.join([quoted(column) + ' = NULL' for column in tables[key]['without']])
    if emptied:
        table = quoted(env[tables[key]['model']]._table)
        cr.execute(f'UPDATE {table} SET {emptied} WHERE id = ANY(%s)', [stays_of[key]])
contact = person.x_contact_id.id
if stays_of or of_others:
    kept = work['identity']['required']
    emptied = ', '.join([quoted(name) + ' = NULL' for name in work['person_columns'] if name not in kept])
    marked = ', '.join([quoted(name) + ' = %s' for name in kept])
    values = [work['mark']] * len(kept) + [person.id]
    cr.execute(f'UPDATE x_mist_person SET {emptied}, {marked} WHERE id = %s', values)
else:
    of_her = [('res_model', '=', 'x_mist_person'), ('res_id', '=', person.id)]
    env['ir.attachment'].sudo().search(of_her).unlink()
    env.flush_all()
    cr.execute('DELETE FROM x_mist_person WHERE id = %s', [person.id])
    if contact:
        # Nothing stands for her code any more: the contact, put away, no longer bears it.
        cr.execute('''
            UPDATE res_partner SET active = false, name = %s, complete_name = %s, write_date = create_date
             WHERE id = %s''', [work['mark'], work['mark'], contact])
env.invalidate_all(flush=False)
came = ['unread ' + str(unread)]
came += ['place ' + model + ' ' + str(number) for model, number, whose in places]
came += ['removed ' + model + ' ' + str(removed[model]) for model in removed]
came += ['cleaned ' + model + ' ' + str(cleaned[model]) for model in cleaned]
noted = {'x_codes': work['code'], 'x_count': 1, 'x_outcome': '; '.join(came)}
env['x_mist_reading'].sudo().create({**work['entry'], **noted})
env.registry.clear_cache()
action = {'outcome': noted['x_outcome']}
"""
