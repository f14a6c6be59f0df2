"""Who is ticked in a list of people, recorded at once for one occasion, and nobody twice.

Given: `on`, the model of the occasion; `records`, that of the facts; `same`, the columns that a fact takes
over from it; `values`, those that are given; `done`, what is said in French and in English, with {count}.
"""

from .given import env, given

french = (env.lang or env.user.lang or "fr_FR").startswith("fr")
here = env[given["on"]].with_user(env.uid).browse(env.context.get("mist_here"))
here.check_access("read")
ticked = env.context.get("active_ids") or []
people = env["x_mist_person"].with_user(env.uid).search([("id", "in", ticked)])
facts = env[given["model"]].with_user(env.uid)
same = {column: here[given["same"][column]] for column in given["same"]}
terms = [(column, "=", same[column]) for column in same]
known = facts.search([("x_person_id", "in", people.ids)] + terms).mapped("x_person_id")
new = facts.create([dict(same, **given["values"], x_person_id=one.id) for one in people - known])
action = {
    "type": "ir.actions.client",
    "tag": "display_notification",
    "params": {
        "message": given["done"][0 if french else 1].replace("{count}", str(len(new))),
        "type": "success",
        "sticky": False,
        "next": {"type": "ir.actions.client", "tag": "soft_reload"},
    },
}
