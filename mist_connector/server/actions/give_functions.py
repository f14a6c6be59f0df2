"""Record functions, which open files and the register.

Direction gives functions. The account that installs gives the first ones. The connector never does: with
any colleague's account, it could then work as direction. Of a function that is there already, only what an
import may change is changed.
"""

from mist_connector.server.given import env

wanted = env.context.get("mist_functions") or []
people = env["x_mist_person"].sudo().search([("x_name", "in", [row["person"] for row in wanted])])
known = dict([(one.x_name, one.id) for one in people])
functions = env["x_mist_function"].sudo().with_context(active_test=False)
there = functions.search([("x_name", "in", [row["values"].get("x_name") for row in wanted])])
held = dict([(one.x_name, one) for one in there])
unknown = [row["person"] for row in wanted if row["person"] not in known]
new = [row for row in wanted if row["values"].get("x_name") not in held and row["person"] in known]
may = env.context.get("mist_updates") or []
changed, different = [], []
for row in wanted:
    one = held.get(row["values"].get("x_name"))
    if one:
        other = [key for key in row["values"] if str(one[key] or "") != str(row["values"][key] or "")]
        if one.x_person_id.x_name != row["person"] or [key for key in other if key not in may]:
            different.append(one.x_name)
        elif other:
            changed.append((one, dict([(key, row["values"][key]) for key in other])))
if not unknown and not env.context.get("mist_only_asking"):
    functions.create([dict(row["values"], x_person_id=known[row["person"]]) for row in new])
    for one, values in changed:
        one.write(values)
action = {"unknown": unknown, "new": len(new), "changed": len(changed), "different": different}
