"""What is accepted now of records that have a term, kept; see `blueprint/claims.py`.

Given: what `claims` answered.
"""

from .given import given

link = "x_" + given["claims"]["key"] + "_id"
for record in given["records"]:
    claimed = given["claimed"][record.id]
    values = "\n".join([column + "=" + claimed[column] for column in claimed])
    if record.id not in given["accepted"]:
        insert = "INSERT INTO x_mist_claim (" + link + ", x_accepted) VALUES (%s, %s)"
        record.env.cr.execute(insert, [record.id, values])
    elif given["accepted"][record.id] != values:
        update = "UPDATE x_mist_claim SET x_accepted = %s WHERE " + link + " = %s"
        record.env.cr.execute(update, [values, record.id])
