"""A random, neutral code: whoever has a login can have the display name of any record.

Given: `records`, and `prefix`, the letters before the code. One query makes all the codes that a batch
needs.
"""

from .given import given

records = given["records"]
cr = records.env.cr
new = records.filtered(lambda one: isinstance(one.id, int) and not one.x_name)
made = []
if new:
    random = "SELECT upper(replace(gen_random_uuid()::text, '-', '')) FROM generate_series(1, "
    cr.execute(random + str(len(new)) + ")")
    made = [row[0] for row in cr.fetchall()]
for record in records:
    name = record.x_name
    if not isinstance(record.id, int):
        record.with_user(records.env.uid)["x_name"] = record._origin.x_name
        continue
    if not name:
        drawn = made.pop()
        name = given["prefix"] + "-" + drawn[:4] + "-" + drawn[4:8]
    record["x_name"] = name
