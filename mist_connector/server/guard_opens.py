"""What a guard does before it looks at its rules; see `blueprint/compile_guards.py`.

Given: `records`; `prefix`, the letters before their codes, and `neutral`, what is said where a code has
others; `again`, the columns that the CRM works out itself. Answers with the records that rules are about,
and by their numbers what is refused so far.
"""

from .given import given

records = given["records"]
# A form that is being filled is checked when it is saved, not before (see compile_status).
for draft in records.filtered(lambda one: not isinstance(one.id, int)):
    draft.with_user(records.env.uid)["x_guard"] = "ok"
saved = records.filtered(lambda one: isinstance(one.id, int))
# What the CRM works out itself, it works out again before the guard looks at it: whoever writes may bring
# along any value for it.
for column in given["again"]:
    records.env.add_to_compute(records._fields[column], saved)
refused = dict([(record.id, []) for record in saved])
length = len(given["prefix"])
for record in saved:
    code = record.x_name or ""
    shape = "".join(["0" if letter in "0123456789ABCDEF" else letter for letter in code[length:]])
    if code and (code[:length] != given["prefix"] or shape != "-0000-0000"):
        refused[record.id].append(given["neutral"])
action = {"records": saved, "refused": refused, "anew": {}}
