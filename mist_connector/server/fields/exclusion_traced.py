"""Keep what would make an excluded person known again, as keyed digests (X05).

They stand in a table that nobody reads, and stay after her record is erased. Only an exclusion from the
association leaves digests.
"""

from mist_connector.server.fields.digests import digests_of
from mist_connector.server.given import self

for record in self:
    record["x_traced"] = "ok"
    if not isinstance(record.id, int):
        continue
    digests = digests_of(self.env.cr, record.sudo().x_person_id)
    self.env.cr.execute("DELETE FROM x_mist_trace WHERE x_exclusion_id = %s", [record.id])
    for digest in digests if record.x_scope == "association" else []:
        self.env.cr.execute("INSERT INTO x_mist_trace (x_exclusion_id, x_digest) VALUES (%s, %s)", [record.id, digest])
