"""Look through every text of every table, whatever modules are installed.

Only the register's own tables, and what is attached to its records, are left out.
"""

from mist_connector.server.given import env
from mist_connector.server.privacy.identity import cr, look_for, together

MODELS = {}
for name in env:
    if not env[name]._abstract and env[name]._auto:
        MODELS[env[name]._table] = name
cr.execute("""
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum),
           array_agg(CASE WHEN t.typname LIKE 'json%' THEN t.typname ELSE 'text' END ORDER BY a.attnum),
           (SELECT count(*) FROM pg_attribute i WHERE i.attrelid = c.oid AND i.attname = 'id')
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
       AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname NOT LIKE 'x\\_mist\\_%'
       AND t.typname IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'xml', '_text', '_varchar')
     GROUP BY c.oid, c.relname ORDER BY c.relname""")
TEXTS = {}
for table, columns, kinds, numbered in cr.fetchall():
    TEXTS[table] = {"columns": columns, "kinds": dict(zip(columns, kinds, strict=True)), "numbered": bool(numbered)}
# What hangs on a record of the register is the register's.
OURS = {"ir_attachment": "coalesce(t.res_model, '') NOT LIKE 'x\\_mist\\_%'"}
EXACT, ROUGH = "(SELECT current_setting('mist.exact'))", "(SELECT current_setting('mist.rough'))"


def quoted(name):
    """Return a name of the database as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def column_text(table, column):
    """Return the SQL of the text of a column; a line break in JSON becomes a space.

    JSON writes it as a letter, after which no word would begin.
    """
    text = "t." + quoted(column) + "::text"
    return text if TEXTS[table]["kinds"][column] == "text" else "replace(" + text + ", '\\n', '\\n ')"


def text_of(table):
    """Return the SQL of all texts of a row of a table."""
    texts = []
    for column in TEXTS[table]["columns"]:
        texts.append(column_text(table, column))
    return "concat_ws(E'\\n', " + ", ".join(texts) + ")"


def numbers_in(query, values):
    """Return the first column of what a query answers."""
    cr.execute(query, values)
    return [row[0] for row in cr.fetchall()]


def roughly_named():
    """Return the records that may name one of the people who are looked for.

    One look at each text serves for everybody together: a rough pattern is quick for any number of people,
    and an exact one is not. A hundred records are read as one text, since beginning to read costs the most.
    """
    found = {}
    for table in TEXTS:
        name, text, ours = quoted(table), text_of(table), OURS.get(table, "true")
        number = "t.id" if TEXTS[table]["numbered"] else "0"
        cr.execute(f"""
            SELECT array_agg({number}) FROM {name} t WHERE {ours} GROUP BY {number} / 100
            HAVING string_agg({text}, E'\\n') ~* {ROUGH}""")
        among = []
        for row in cr.fetchall():
            among += row[0]
        if among and TEXTS[table]["numbered"]:
            among = numbers_in(f"SELECT id FROM {name} t WHERE id = ANY(%s) AND {text} ~* {ROUGH}", [among])
        if among:
            found[table] = among
    return found


def named_among(table, ids):
    """Return those of these records that name the person who is looked for now.

    A table without numbers counts as number 0.
    """
    name, text = quoted(table), text_of(table)
    number, among = ("t.id", ids) if TEXTS[table]["numbered"] else ("0", [0])
    return numbers_in(
        f"""
        SELECT DISTINCT {number} FROM {name} t
         WHERE {number} = ANY(%s) AND {text} ~* {ROUGH} AND {text} ~* {EXACT}""",
        [among],
    )


def named_anywhere(known):
    """Return for each of these people the records of each table that name her."""
    look_for(together(list(known.values())))
    rough, found = roughly_named(), {}
    for key in known:
        look_for(known[key])
        found[key] = {}
        for table in rough:
            ids = named_among(table, rough[table])
            if ids:
                found[key][table] = ids
    return found


def clean(table, ids, mark):
    """Take names, addresses and numbers out of records, and nothing else."""
    changes = []
    for column in TEXTS[table]["columns"]:
        name, text, kind = quoted(column), column_text(table, column), TEXTS[table]["kinds"][column]
        cast = "" if kind == "text" else "::" + kind
        changes.append(f"{name} = regexp_replace({text}, {EXACT}, '{mark}', 'gi'){cast}")
    changed = ", ".join(changes)
    cr.execute(f"UPDATE {quoted(table)} t SET {changed} WHERE t.id = ANY(%s)", [ids])


def readable(content):
    """Return the text of a file, in either of the two usual encodings."""
    return (content.decode("utf-8", "ignore") + "\n" + content.decode("latin-1")).replace("\x00", "")


def is_text(kind, size):
    """Tell whether a file is read: plain text of five million bytes at most."""
    packed = "officedocument" in kind or "opendocument" in kind
    plain = kind.startswith(("text/", "message/")) or "xml" in kind or "json" in kind or "csv" in kind
    return plain and not packed and size <= 5000000


def named_in_files(known):
    """Return the files that name each of these people, and how many could not be read.

    A file that is text is read; of another file, only its name and the CRM's index are.
    """
    look_for(together(list(known.values())))
    rough, found, unread = [], {}, 0
    cr.execute("""
        SELECT id, coalesce(mimetype, ''), coalesce(file_size, 0) FROM ir_attachment t
         WHERE t.type = 'binary' AND coalesce(t.res_model, '') <> 'ir.ui.view'
           AND coalesce(t.res_model, '') NOT LIKE 'x\\_mist\\_%'
           AND coalesce(t.url, '') NOT LIKE '/web/assets/%'
           AND coalesce(t.res_field, '') NOT LIKE '%image%' AND coalesce(t.res_field, '') NOT LIKE '%avatar%'
           AND NOT EXISTS (SELECT 1 FROM ir_model_data d WHERE d.model = 'ir.attachment' AND d.res_id = t.id)
         ORDER BY id""")
    for number, kind, size in cr.fetchall():
        if not is_text(kind, size):
            unread += 1
            continue
        text = readable(env["ir.attachment"].sudo().browse(number).raw or b"")
        cr.execute(f"SELECT %s ~* {ROUGH}", [text])
        if cr.fetchone()[0]:
            rough.append([number, text])
    for key in known:
        look_for(known[key])
        found[key] = []
        for number, text in rough:
            cr.execute(f"SELECT %s ~* {EXACT}", [text])
            if cr.fetchone()[0]:
                found[key].append(number)
    return found, unread
