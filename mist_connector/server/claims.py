"""What a write claims anew of records that have a term; see `blueprint/claims.py`.

Given: what `guard_opens` answered; `claims`: the `key` of the model, the `columns` of which the accepted
values are kept (and of each whether it is a link), the `lasts` that hold a last day, and those `entered`
by hand. Answers with the same and, by the numbers of records, what is claimed, what of it anew, what was
accepted.
"""

from .given import given

records, claims = given["records"], given["claims"]
accepted, claimed, anew = {}, {}, {}
if records:
    link = "x_" + claims["key"] + "_id"
    known = "SELECT " + link + ", x_accepted FROM x_mist_claim WHERE " + link + " IN %s"
    records.env.cr.execute(known, [tuple(records.ids)])
    accepted = dict(records.env.cr.fetchall())
for record in records:
    # Values are compared as text: of days in this form, the later one is also the greater text.
    values = {column: str(record[column].id if link else record[column]) for column, link in claims["columns"]}
    was = {}
    if accepted.get(record.id):
        was = dict([line.split("=", 1) for line in accepted[record.id].split("\n")])
    new = {column: was.get(column) != values[column] for column in values}
    for last in claims["lasts"]:
        before, after = was.get(last), values[last]
        new[last] = before is None or (before != "False" and (after == "False" or after > before))
    # What stays as it was entered is worked out again only where somebody wrote another value.
    for column in [each for each in claims["entered"] if each in was and was[each] != values[each]]:
        records.env.add_to_compute(records._fields[column], record)
        values[column] = str(record[column])
        new[column] = was[column] != values[column]
    claimed[record.id], anew[record.id] = values, new
action = dict(given, claimed=claimed, anew=anew, accepted=accepted)
