"""Open an examination where a person resembles somebody whom the association excluded (X05).

She is compared by keyed digests of her names, e-mail address and telephone. The field itself says nothing.
"""

from mist_connector.server.fields.digests import digests_of
from mist_connector.server.given import self, today

for record in self:
    record["x_lookalike"] = "ok"
    if not isinstance(record.id, int):
        continue
    digests = digests_of(self.env.cr, record.sudo())
    if not digests:
        continue
    query = (
        "SELECT 1 FROM x_mist_trace t JOIN x_mist_exclusion e ON e.id = t.x_exclusion_id "
        "WHERE t.x_digest IN %s AND e.x_person_id != %s AND e.x_withdrawn IS NOT TRUE"
    )
    self.env.cr.execute(query, [tuple(digests), record.id])
    known = self.env.cr.fetchone()
    examinations = self.env["x_mist_investigation"].sudo()
    if known and not examinations.search_count([("x_person_id", "=", record.id), ("x_kind", "=", "admission")]):
        examinations.create({"x_person_id": record.id, "x_kind": "admission", "x_on": today, "x_bars": True})
