"""Keep what would make an excluded person known again, as keyed digests (X05).

They stand in a table that nobody reads, and stay after her record is erased. Only an exclusion from the
association leaves digests.
"""

from mist_connector.server.given import self

for record in self:
    record["x_traced"] = "ok"
    if not isinstance(record.id, int):
        continue
    who = record.sudo().x_person_id
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
    self.env.cr.execute("DELETE FROM x_mist_trace WHERE x_exclusion_id = %s", [record.id])
    for digest in digests if record.x_scope == "association" else []:
        self.env.cr.execute("INSERT INTO x_mist_trace (x_exclusion_id, x_digest) VALUES (%s, %s)", [record.id, digest])
