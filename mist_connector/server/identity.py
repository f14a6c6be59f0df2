"""What makes a record the same as another; see `blueprint/compile_identity.py`.

Given: `records`; `parts`, the columns that tell records apart, and of each whether it is a link; `table`,
whose rows the transaction touches, and `anchor`, the link to them; `said`, a sentence in French and in
English in which % stands for the code of the other record; `busy`, what is said where somebody else writes.
"""

from .given import datetime, given

records = given["records"]
cr = records.env.cr
uid = records.env.uid
ours = {}
names = {}
for record in records:
    if not isinstance(record.id, int):
        record.with_user(uid)["x_identity"] = record._origin.x_identity
        continue
    values = [record[column].id if link else record[column] for column, link in given["parts"]]
    ours[record.id] = str([str(value or "") for value in values])
    names[record.id] = record.x_name or ""
began = cr.now() - datetime.timedelta(seconds=1)
everything = records.sudo().with_context(active_test=False)
others = everything.browse()
if ours:
    same = ("x_identity", "in", list(ours.values()))
    named = ("x_name", "in", [name for name in names.values() if name])
    others = everything.search([("id", "not in", list(ours)), "|", same, named])
by_identity = {other.x_identity: other.x_name for other in others}
by_name = {other.x_name: other.x_name for other in others}
claimed = records.browse()
for record in records.sorted(lambda one: one.id or 0):
    if not isinstance(record.id, int):
        continue
    identity = ours[record.id]
    name = names[record.id]
    twin = by_identity.get(identity) or by_name.get(name) or ""
    there = identity in by_identity or name in by_name
    by_identity[identity] = name
    if name:
        by_name[name] = name
    # What was there before the CRM knew identities has none yet and keeps its place, be it there twice:
    # nothing new is claimed then, and `mist check` tells of it.
    if record.x_identity or not record.create_date or record.create_date >= began:
        claimed |= record
        if there:
            hers = record.with_user(uid)
            if hers.browse().has_access("create"):
                hers.check_access("create")
            french = (records.env.lang or records.env.user.lang or "fr_FR").startswith("fr")
            refusal = given["said"][0 if french else 1].replace("%", twin)
            records.env.ref("mist_connector.action_refuse").sudo().with_context(mist_refusal=refusal).run()
    record["x_identity"] = identity
touched = sorted(set(claimed.sudo().mapped(given["anchor"]).ids))
statement = (
    "UPDATE {table} SET x_name = x_name WHERE id IN (SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)"
).replace("{table}", given["table"])
busy = given["busy"]


def touch():
    """Touch what the identities hang on, just before the commit: nobody waits for a long import."""
    cr.execute("SAVEPOINT mist_touch")
    try:
        cr.execute(statement, [touched], log_exceptions=False)
    except Exception:  # noqa: BLE001 - the evaluator knows no other
        cr.execute("ROLLBACK TO SAVEPOINT mist_touch")
        again = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = %s; END $$"
        cr.execute(again, [busy], log_exceptions=False)
    cr.execute("RELEASE SAVEPOINT mist_touch")


if touched:
    cr.precommit.add(touch)
