"""Create one record of a proof straight in its table.

A guard of the bylaws may refuse an invented fact; what a proof tries is reading.
"""

from mist_connector.server.given import env

payload = env.context["mist_proof"]
env.cr.execute("SELECT upper(replace(gen_random_uuid()::text, '-', ''))")
code = env.cr.fetchone()[0]
values = dict(payload["values"])
values["x_name"] = payload["prefix"] + "-" + code[:4] + "-" + code[4:8]
values["x_association_id"] = env.ref("mist_connector.association").id
columns = list(values)
env.cr.execute(
    "INSERT INTO "
    + env[payload["model"]]._table
    + " ("
    + ", ".join(columns)
    + ") VALUES ("
    + ", ".join(["%s" for column in columns])
    + ") RETURNING id",
    [values[column] for column in columns],
)
created = env[payload["model"]].sudo().browse(env.cr.fetchone()[0])
action = {"id": created.id, "code": created.x_name, "shown": created.display_name}
