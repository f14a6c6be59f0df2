"""What the CRM runs, for its administrator, to plant canaries and to remove them; see `planting`."""

ACCOUNTS = """
payload = env.context['mist_proof']
today = datetime.datetime.now(dateutil.tz.gettz(payload['zone'])).date()
users = env['res.users'].sudo().with_context(no_reset_password=True, tracking_disable=True)
people, functions, hashed, keys, whose = env['x_mist_person'].sudo(), {}, False, {}, {}
target = people.create(payload['target'])
excluded = people.create(payload['excluded'])
for each in payload['personas']:
    user = users.create({
        'name': each['login'], 'login': each['login'], 'lang': 'fr_FR',
        'group_ids': [(6, 0, [env.ref(name).id for name in each['groups']])],
    })
    if not hashed:
        user.write({'password': payload['password']})
        env.cr.execute('SELECT password FROM res_users WHERE id = %s', [user.id])
        hashed = env.cr.fetchone()[0]
    env.cr.execute('UPDATE res_users SET password = %s WHERE id = %s', [hashed, user.id])
    until = datetime.datetime.now() + datetime.timedelta(hours=2)
    key = env['res.users.apikeys'].with_user(user).sudo()._generate('rpc', 'mist', until)
    keys[each['id']] = [user.id, key]
    if each['role']:
        person = people.create({
            'x_first_name': 'Invente', 'x_last_name': each['id'], 'x_email': each['login'],
        })
        since, until = [today + datetime.timedelta(days=days) for days in each['function']]
        function = env['x_mist_function'].sudo().create({
            'x_person_id': person.id, 'x_role': each['role'], 'x_since': since, 'x_until': until,
            'x_login': each['login'], 'x_user_id': user.id,
        })
        functions[each['id']] = function.id
        whose[each['id']] = person.id
        if each['agreement']:
            since, until = [today + datetime.timedelta(days=days) for days in each['agreement']]
            env['x_mist_agreement'].sudo().create({
                'x_person_id': person.id, 'x_since': since, 'x_until': until,
            })
        if each['accompanies']:
            since, until = [today + datetime.timedelta(days=days) for days in each['accompanies']]
            env['x_mist_accompaniment'].sudo().create({
                'x_person_id': target.id, 'x_function_id': function.id, 'x_since': since, 'x_until': until,
                'x_cover': each['covers'],
            })
    if each['closed']:
        user.write({'active': False})
values = {'name': payload['contact'], 'email': 'contact' + payload['marker']}
contact = env['res.partner'].sudo().create(values)
action = {
    'target': target.id,
    'code': target.x_name,
    'shown': target.display_name,
    'excluded': excluded.id,
    'contact': contact.id,
    'keys': keys,
    'functions': functions,
    'people': whose,
}
"""
RECORD = """
payload = env.context['mist_proof']
created = env[payload['model']].sudo().create(payload['values'])
action = {'id': created.id, 'code': created.x_name, 'shown': created.display_name}
"""
# Where a guard of the bylaws refuses an invented fact, it goes straight to the table: reading is tried.
RECORD_UNGUARDED = """
payload = env.context['mist_proof']
env.cr.execute("SELECT upper(replace(gen_random_uuid()::text, '-', ''))")
code = env.cr.fetchone()[0]
values = dict(payload['values'])
values['x_name'] = payload['prefix'] + '-' + code[:4] + '-' + code[4:8]
values['x_association_id'] = env.ref('mist_connector.association').id
columns = list(values)
env.cr.execute(
    'INSERT INTO ' + env[payload['model']]._table + ' (' + ', '.join(columns) + ') VALUES ('
    + ', '.join(['%s' for column in columns]) + ') RETURNING id', [values[column] for column in columns],
)
created = env[payload['model']].sudo().browse(env.cr.fetchone()[0])
action = {'id': created.id, 'code': created.x_name, 'shown': created.display_name}
"""
ATTACHED = """
payload = env.context['mist_proof']
created = env['ir.attachment'].sudo().create([
    {
        'name': row['name'], 'raw': row['content'], 'mimetype': 'text/plain',
        'res_model': row['model'], 'res_id': row['id'],
    }
    for row in payload['rows']
])
action = {'ids': created.ids}
"""
# What the one who proves leaves around the records, as anybody does who works in the web client.
TRACES = """
payload = env.context['mist_proof']
me, marker = env.user, payload['marker']
for row in payload['rows']:
    model, word, column = row['model'], row['word'] + marker, row['column']
    filters = {'name': word, 'model_id': model, 'domain': str([(column, '=', row['word'])])}
    env['ir.filters'].sudo().create([
        {**filters, 'user_ids': [(6, 0, me.ids)]}, {**filters, 'name': '2' + word, 'user_ids': []},
    ])
    field = env['ir.model.fields']._get(model, column)
    env['ir.default'].sudo().create(
        {'field_id': field.id, 'user_id': me.id, 'json_value': '"' + word + '"'})
    export = env['ir.exports'].sudo().create(
        {'name': word, 'resource': model, 'export_fields': [(0, 0, {'name': column})]})
    env['base_import.import'].sudo().create({
        'res_model': model, 'file_name': word, 'file_type': 'text/csv', 'file': b64encode(word.encode()),
    })
    env['base_import.mapping'].sudo().create(
        {'res_model': model, 'column_name': word, 'field_name': column})
    env['mail.compose.message'].sudo().create({'model': 'res.partner', 'subject': word})
    env['mail.activity'].sudo().create({'summary': word, 'user_id': me.id})
    env['mail.message'].sudo().create({'model': model, 'res_id': row['id'], 'body': word})
    if row['export']:
        action = {'export': export.id}
"""
REMOVED = """
payload = env.context['mist_proof']
marked = '%' + payload['marker']
everybody = env['res.users'].sudo().with_context(active_test=False)
people = env['x_mist_person'].sudo().search([('x_email', '=like', marked)])
gone = {'people': len(people), 'accounts': 0}
for model in payload['models']:
    if model == 'x_mist_person':
        found = people
    else:
        path = 'x_person_id' if 'x_person_id' in env[model]._fields else 'x_function_id.x_person_id'
        found = env[model].sudo().search([(path, 'in', people.ids)])
    env['ir.attachment'].sudo().search([('res_model', '=', model), ('res_id', 'in', found.ids)]).unlink()
    # Straight from the table: the bylaws' own guards keep a decision from ever being deleted.
    if found:
        env.cr.execute('DELETE FROM ' + env[model]._table + ' WHERE id IN %s', [tuple(found.ids)])
        env.invalidate_all(flush=False)
env['ir.attachment'].sudo().search([('name', '=like', marked)]).unlink()
accounts = everybody.search([('login', '=like', marked)])
gone['accounts'] = len(accounts)
partners = accounts.mapped('partner_id') | env['res.partner'].sudo().search([('email', '=like', marked)])
env['res.users.apikeys'].sudo().search([('user_id', 'in', accounts.ids)]).unlink()
for model, column in (
    ('ir.filters', 'name'), ('ir.default', 'json_value'), ('ir.exports', 'name'),
    ('base_import.import', 'file_name'), ('base_import.mapping', 'column_name'),
    ('mail.compose.message', 'subject'), ('mail.activity', 'summary'), ('mail.message', 'body'),
):
    env[model].sudo().search([(column, 'like', payload['marker'])]).unlink()
accounts.unlink()
partners.unlink()
action = gone
"""
