"""Merge two records of one person, after direction said « Une seule personne ».

The facts of the other record pass to the record that is kept. Their journal stays: who noted them, and
when. Rows of assemblies that have minutes keep the other code, since a seal covers them. The other record
keeps its code, and its name says where it went: it has no fact, so no status and no vote. A fact that both
records have becomes one fact.
"""

from mist_connector.server.given import datetime, dateutil, env

here = env["x_mist_likeness"].with_user(env.uid).browse(env.context.get("active_id") or [])
here.check_access("write")
kept, other = here.sudo().x_person_id, here.sudo().x_other_id
mine = env["x_mist_function"].sudo().search([("x_user_id", "=", env.uid)]).mapped("x_person_id")
french = (env.lang or env.user.lang or "fr_FR").startswith("fr")
today = datetime.datetime.now(dateutil.tz.gettz("Europe/Paris")).date()
refused = ""
if len(here) != 1 or here.x_verdict != "same" or kept == other:
    refused = "Dites d’abord « Une seule personne », des deux fiches." if french else "First say “One person”, of the two records."
elif here.x_done_on:
    refused = "Ces deux fiches sont déjà réunies." if french else "These two records are one already."
elif (kept | other) & mine:
    refused = (
        "Personne ne réunit ses propres fiches ; une collègue le fait." if french else "Nobody makes her own records one; a colleague does."
    )
if refused:
    env.ref("mist_connector.action_refuse").sudo().with_context(mist_refusal=refused).run()
env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
env.flush_all()
sealed = {
    "x_mist_invitee": "x_assembly_id IN (SELECT x_assembly_id FROM x_mist_record)",
    "x_mist_candidacy": ("x_item_id IN (SELECT id FROM x_mist_item WHERE x_assembly_id IN (SELECT x_assembly_id FROM x_mist_record))"),
}
links = (
    env["ir.model.fields"]
    .sudo()
    .search(
        [
            ("ttype", "=", "many2one"),
            ("store", "=", True),
            ("relation", "=", "x_mist_person"),
            ("model", "=like", "x_mist_%"),
            ("model", "!=", "x_mist_likeness"),
            ("related", "=", False),
        ]
    )
)
moved = []
for link in links:
    held = " AND NOT (" + sealed[link.model] + ")" if link.model in sealed else ""
    env.cr.execute(
        "UPDATE " + link.model + " SET " + link.name + " = %s WHERE " + link.name + " = %s" + held + " RETURNING id", [kept.id, other.id]
    )
    numbers = [row[0] for row in env.cr.fetchall()]
    if numbers:
        moved.append((link.model, numbers))
        # What the CRM accepted of a term is accepted of her who is kept.
        claim = "x_" + link.model[7:] + "_id"
        if claim in env["x_mist_claim"]._fields and link.name == "x_person_id":
            env.cr.execute(
                "UPDATE x_mist_claim SET x_accepted = regexp_replace("
                "x_accepted, '(^|\n)x_person_id=' || %s || '(\n|$)', '\\1x_person_id=' || %s || '\\2') "
                f"WHERE {claim} = ANY(%s)",
                [str(other.id), str(kept.id), numbers],
            )
        if "x_identity" in env[link.model]._fields:
            env.cr.execute("UPDATE " + link.model + " SET x_identity = NULL WHERE id = ANY(%s)", [numbers])
env.invalidate_all()
# Nothing new is claimed by moving what was accepted, so no guard is asked; what is worked out follows.
for target, numbers in moved:
    facts = env[target].sudo().browse(numbers)
    for name in sorted(facts._fields):
        field = facts._fields[name]
        if name[:2] == "x_" and field.compute and field.store and name not in ("x_guard", "x_sound", "x_another", "x_months", "x_state"):
            env.add_to_compute(field, facts)
lacking = {}
for name in ("x_name_of_use", "x_applied_on", "x_attested_on", "x_channel", "x_email", "x_phone", "x_language", "x_speaks_french"):
    if other[name] and not kept[name]:
        lacking[name] = other[name]
other.write(
    {
        "x_first_name": kept.x_name,
        "x_last_name": kept.x_name,
        "x_name_of_use": False,
        "x_applied_on": False,
        "x_attested_on": False,
        "x_channel": False,
        "x_email": False,
        "x_phone": False,
    }
)
if lacking:
    kept.write(lacking)
for one in (kept, other):
    for name in ("x_status", "x_member_since", "x_lookalike"):
        env.add_to_compute(one._fields[name], one)
env.flush_all()
(kept | other).modified(["x_status"])
here.sudo().write({"x_done_on": today})
env.flush_all()
env.ref("mist_connector.action_merge_doubles").sudo().run()
said = "Réunies : %s garde tout, %s n’est plus personne." if french else "Made one: %s keeps everything, %s is nobody any more."
action = {
    "type": "ir.actions.client",
    "tag": "display_notification",
    "params": {
        "message": said % (kept.x_name, other.x_name),
        "type": "success",
        "next": {"type": "ir.actions.client", "tag": "soft_reload"},
    },
}
