"""Open an examination where a person resembles somebody whom the association excluded (X05).

She is compared by keyed digests of her names, e-mail address and telephone. The field itself says nothing.
"""

from mist_connector.server.given import self, today

for record in self:
    record["x_lookalike"] = "ok"
    if not isinstance(record.id, int):
        continue
    who = record.sudo()
    keys = []
    for names in [[who.x_first_name, who.x_last_name], [who.x_first_name, who.x_name_of_use], [who.x_name_of_use]]:
        self.env.cr.execute(
            "SELECT regexp_replace(normalize(lower(%s), NFKD), '[\\u0300-\\u036f]', '', 'g')", [" ".join([name or "" for name in names])]
        )
        words = self.env.cr.fetchone()[0].replace("-", " ").replace("'", " ").replace("’", " ").split()
        if len(words) > 1:
            keys.append("names " + " ".join(sorted(words)))
    if who.x_email:
        keys.append("address " + who.x_email.strip().lower())
    digits = "".join([letter for letter in (who.x_phone or "") if letter in "0123456789"])
    if len(digits) > 8:
        keys.append("telephone " + digits[-9:])
    digests = []
    for key in keys:
        self.env.cr.execute(
            "SELECT encode(sha256(convert_to(value || ' ' || %s, 'UTF8')), 'hex') FROM ir_config_parameter WHERE key = 'database.secret'",
            [key],
        )
        digests.extend([row[0] for row in self.env.cr.fetchall()])
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
