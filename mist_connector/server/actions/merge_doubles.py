"""Make one record of each pair of records that tell the same.

Whatever leads to the later record moves to the first, which also takes the values that it lacks. Where the
two tell different things, or a rule refuses, both stay as they are and are named. After 150 merges, the
caller asks again. The caller names nothing: this action works out which records are the same. Facts of a
double person become doubles themselves, hence several rounds.
"""

from mist_connector.server.given import UserError, env

apart = ["id", "x_name", "x_identity", "x_guard", "x_status", "x_member_since", "x_called", "x_contact_id", "x_activity_id", "x_mail"]
apart += ["create_uid", "create_date", "write_uid", "write_date"]
env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
fields = env["ir.model.fields"].sudo()
identified = fields.search([("name", "=", "x_identity"), ("model", "=like", "x_mist_%")]).mapped("model")
# What goes with a record stays with it; whatever else leads to it moves.
leads = [("ttype", "=", "many2one"), ("store", "=", True), ("on_delete", "!=", "cascade")]
links = fields.search(leads + [("model", "=like", "x_mist_%")])
merged = []
left = {}
again = True
while again:
    again = False
    for model in sorted(identified, key=lambda name: (name != "x_mist_person", name)):
        env.cr.execute(
            "SELECT array_agg(id ORDER BY id) FROM " + model + " WHERE x_identity IS NOT NULL GROUP BY x_identity HAVING count(*) > 1"
        )
        groups = [row[0] for row in env.cr.fetchall()]
        records = env[model].sudo().with_context(active_test=False)
        labels = records.fields_get(attributes=["string"])
        for ids in groups:
            kept = records.browse(ids[0])
            for other in records.browse(ids[1:]):
                if (model, other.id) in left or len(merged) >= 150:
                    continue
                code = [model, kept.x_name, other.x_name]
                different = []
                lacking = {}
                for name in sorted(kept._fields):
                    field = kept._fields[name]
                    if name in apart or not field.store or field.type in ("one2many", "many2many"):
                        continue
                    mine = kept[name].id if field.type == "many2one" else kept[name]
                    hers = other[name].id if field.type == "many2one" else other[name]
                    if hers and not mine and field.type != "boolean":
                        lacking[name] = hers
                    elif mine != hers and (hers or field.type == "boolean"):
                        different.append(labels[name]["string"])
                if different:
                    left[(model, other.id)] = code + [sorted(different)]
                    continue
                env.cr.execute("SAVEPOINT mist_merge")
                try:
                    moved = []
                    for link in links.filtered(lambda one: one.relation == model):
                        env.cr.execute(
                            "UPDATE " + link.model + " SET " + link.name + " = %s WHERE " + link.name + " = %s RETURNING id",
                            [kept.id, other.id],
                        )
                        moved.append((link.model, [row[0] for row in env.cr.fetchall()]))
                    for target, numbers in moved:
                        if target in identified and numbers:
                            env.cr.execute("UPDATE " + target + " SET x_identity = NULL WHERE id = ANY(%s)", [numbers])
                    env.invalidate_all()
                    for target, numbers in moved:
                        facts = env[target].sudo().browse(numbers)
                        for name in ("x_identity", "x_guard"):
                            if name in facts._fields and facts:
                                env.add_to_compute(facts._fields[name], facts)
                    bell = "x_activity_id" in other._fields and other.x_activity_id
                    if bell:
                        bell.with_context(mail_activity_quick_update=True).unlink()
                    contact = "x_contact_id" in other._fields and other.x_contact_id
                    other.unlink()
                    if contact and not contact.with_context(active_test=False).user_ids and contact != kept.x_contact_id:
                        contact.unlink()
                    if lacking:
                        kept.write(lacking)
                    for name in ("x_status", "x_member_since", "x_guard"):
                        if name in kept._fields:
                            env.add_to_compute(kept._fields[name], kept)
                    env.flush_all()
                    merged.append(code)
                    again = True
                except UserError:
                    env.cr.execute("ROLLBACK TO SAVEPOINT mist_merge")
                    env.clear()
                    left[(model, other.id)] = code + [[]]
    again = again and len(merged) < 150
action = {"merged": sorted(merged), "left": sorted(left.values()), "more": len(merged) >= 150}
