"""Import rows in one transaction, with the caller's own rights.

Each row that the CRM refuses is named, with the sentence of the rule. The other rows stay, unless the
caller asked for all or nothing (`whole`) or for a trial (`undo`). A batch that is refused is halved until
each refused row stands alone. Links are codes of records, which rows of earlier steps may have created. A
value that a `last` step may not write yet is named apart, and its record stays as it is.
"""

from mist_connector.server.given import UserError, env

work = env.context.get("mist_import") or {"steps": []}
quiet = {
    "lang": "fr_FR",
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "active_test": False,
}
refused, lacking, made = [], [], 0
env.cr.execute("SAVEPOINT mist_import")
for step in work["steps"]:
    model = env[step["model"]].with_user(env.uid).with_context(quiet)
    create = step["do"] == "create"
    model.check_access("create" if create else "write")
    known = {}
    for column, target in step["links"].items():
        codes = list({row[1][column] for row in step["rows"] if row[1].get(column)})
        linked = env[target].with_user(env.uid).with_context(quiet)
        rows = linked.search_read([("x_name", "in", codes)], ["x_name"]) if codes else []
        known[column] = {row["x_name"]: row["id"] for row in rows}
    coded = {}
    if not create:
        codes = [row[1]["x_name"] for row in step["rows"]]
        coded = {row["x_name"]: row["id"] for row in model.search_read([("x_name", "in", codes)], ["x_name"])}
    ready = []
    for number, values in step["rows"]:
        bare = [column for column in known if values.get(column) and values[column] not in known[column]]
        if bare or (not create and values["x_name"] not in coded):
            told = "Ce dont cette ligne dépend n'est pas dans le registre."
            (lacking if step["last"] else refused).append([number, told])
            continue
        linked = {column: known[column].get(values.get(column)) or False for column in known if column in values}
        ready.append([number, {**values, **linked}])
    waiting = [ready] if ready else []
    while waiting:
        part = waiting.pop()
        env.cr.execute("SAVEPOINT mist_rows")
        try:
            if not create:
                for _number, values in part:
                    rest = {column: value for column, value in values.items() if column != "x_name"}
                    model.browse(coded[values["x_name"]]).write(rest)
            else:
                listed = [row[1] for row in part]
                if step["contacts"]:
                    names = [{"name": values["x_name"]} for values in listed]
                    contacts = env["res.partner"].with_user(env.uid).with_context(quiet).create(names)
                    for position in range(len(listed)):
                        listed[position] = {**listed[position], "x_contact_id": contacts[position].id}
                model.create(listed)
            env.flush_all()
            if create and step["contacts"]:
                # The day on which a contact was made would tell on which day somebody came.
                env.cr.execute(
                    "UPDATE res_partner SET create_date = '2000-01-01', write_date = '2000-01-01' WHERE id = ANY(%s)", [contacts.ids]
                )
            env.cr.execute("RELEASE SAVEPOINT mist_rows")
            made += len(part)
        except UserError as error:
            env.cr.execute("ROLLBACK TO SAVEPOINT mist_rows")
            env.clear()
            if len(part) == 1:
                (lacking if step["last"] else refused).append([part[0][0], str(error)])
            else:
                half = len(part) // 2
                waiting.extend([part[half:], part[:half]])
undone = bool(work.get("undo") or (work.get("whole") and refused))
if undone:
    env.cr.execute("ROLLBACK TO SAVEPOINT mist_import")
    env.clear()
action = {"refused": refused, "lacking": lacking, "made": made, "kept": not undone}
