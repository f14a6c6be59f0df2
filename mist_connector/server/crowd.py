"""Who is in force together with a record: the reading of `together` by hooks.

Given: `record`; `among`, the records among which they are; `same`, the column in which they are alike;
`last`, that of their last day. Answers with all of these together and, for each first day from the
record's own on, with the list of those in force on that day.
"""

from .given import given

record, same, last = given["record"], given["same"], given["last"]
# Whoever records one of them at the same time waits here, and is then asked again by the CRM itself:
# otherwise two transactions could each see a last free seat.
record.env.cr.execute("UPDATE x_mist_association SET x_name = x_name")
together = (given["among"] | record).filtered(
    lambda fact: (
        fact[same] == record[same]
        and fact.x_since
        and (not record[last] or fact.x_since <= record[last])
        and (not fact[last] or fact[last] >= record.x_since)
    )
)
crowds = []
for first in together:
    if first.x_since >= record.x_since:
        day = first.x_since
        crowds.append([other for other in together if other.x_since <= day and (not other[last] or other[last] >= day)])
action = {"crowds": crowds, "together": together}
