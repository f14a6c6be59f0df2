"""Keyed digests of what a person is known by, under which somebody excluded is found again (X05).

The fields that keep digests and that compare them use this one part: two ways to make them would never meet.
"""


def digests_of(cr, who):
    """Return the digests of a person's names in any order, e-mail address and telephone, keyed by the CRM's secret."""
    keys = []
    for names in [[who.x_first_name, who.x_last_name], [who.x_first_name, who.x_name_of_use], [who.x_name_of_use]]:
        whole = " ".join([name or "" for name in names])
        cr.execute("SELECT regexp_replace(normalize(lower(%s), NFKD), '[\\u0300-\\u036f]', '', 'g')", [whole])
        words = cr.fetchone()[0].replace("-", " ").replace("'", " ").replace("’", " ").split()
        if len(words) > 1:
            keys.append("names " + " ".join(sorted(words)))
    if who.x_email:
        keys.append("address " + who.x_email.strip().lower())
    digits = "".join([letter for letter in (who.x_phone or "") if letter in "0123456789"])
    if len(digits) > 8:
        keys.append("telephone " + digits[-9:])
    digests = []
    for key in keys:
        cr.execute(
            "SELECT encode(sha256(convert_to(value || ' ' || %s, 'UTF8')), 'hex') FROM ir_config_parameter WHERE key = 'database.secret'",
            [key],
        )
        digests.extend([row[0] for row in cr.fetchall()])
    return digests
