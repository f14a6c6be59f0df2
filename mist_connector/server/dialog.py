"""The short dialog behind a button, filled in as far as it can be.

Given: `label`, in French and in English; `model`, that of the record that the dialog makes, and its `view`;
`filled`, the values by column, each either given or made now: ["today"], the day it is where the
association is (`zone`); ["mine"], the function that whoever asks holds today, one of `roles`; ["here",
link…], the record on which the button stands, or what its links lead to; ["person"], whom it is about.
"""

from .given import datetime, dateutil, env, given

french = (env.lang or env.user.lang or "fr_FR").startswith("fr")
today = datetime.datetime.now(dateutil.tz.gettz(given["zone"])).date()
place = env.context.get("active_model") or given["model"]
here = env[place].with_user(env.uid).browse(env.context.get("active_id") or [])


def made(source):
    """Return a value that is made at the moment at which the button is pushed."""
    if source[0] == "today":
        return str(today)
    if source[0] == "mine":
        held = [("x_user_id", "=", env.uid), ("x_role", "in", given["roles"]), ("x_since", "<=", today)]
        current = ["|", ("x_until", "=", False), ("x_until", ">=", today)]
        return env["x_mist_function"].sudo().search(held + current, limit=1).id
    found = here
    if source[0] == "person" and here._name != "x_mist_person":
        found = here.x_person_id
    for link in source[1:]:
        found = found[link]
    return found.id


filled = given["filled"]
context = {"default_" + column: made(filled[column]) if isinstance(filled[column], list) else filled[column] for column in filled}
action = {
    "type": "ir.actions.act_window",
    "name": given["label"][0 if french else 1],
    "res_model": given["model"],
    "view_mode": "form",
    "views": [(env.ref(given["view"]).sudo().id, "form")],
    "target": "new",
    "cache": False,
    "context": context,
}
