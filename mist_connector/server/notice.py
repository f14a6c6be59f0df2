"""What is said once a dialog has recorded something, at the corner of the page.

Given: `model`, that of the record; `done`, what is said in French and in English; `unless`, sentences that
take its place where the record has some values, and of each whether it warns; `settles`, the kinds of
reminder about the person that are done with it: her own; those of others go with the next sync.
"""

from .given import env, given

french = (env.lang or env.user.lang or "fr_FR").startswith("fr")
one = env[given["model"]].with_user(env.uid).browse(env.context.get("active_id") or [])
said, warns = given["done"], False
for when, instead, warning in given["unless"][::-1]:
    if all([one[column] == when[column] for column in when]):
        said, warns = instead, warning
if given["settles"]:
    hers = [("x_person_id", "=", one.x_person_id.id), ("x_kind", "in", given["settles"]), ("x_state", "=", "open")]
    told = env["x_mist_reminder"].with_user(env.uid).search(hers).sudo()
    told.write({"x_state": "done"})
    told.mapped("x_activity_id").action_archive()
action = {
    "type": "ir.actions.client",
    "tag": "display_notification",
    "params": {
        "message": said[0 if french else 1],
        "type": "warning" if warns else "success",
        "sticky": warns,
        "next": {"type": "ir.actions.act_window_close"},
    },
}
