"""Answer the codes of people who share a safe e-mail address: each reads what the others are sent."""

from mist_connector.server.given import env

known = {}
for one in env["x_mist_person"].sudo().search_read([("x_email", "!=", False)], ["x_name", "x_email"]):
    known.setdefault(one["x_email"].strip().lower(), []).append(one["x_name"])
# Names in any order, case and accents, or the last nine digits of a telephone: perhaps one person, twice.
alike = {}
env.cr.execute("""
    SELECT x_name,
           regexp_replace(
               normalize(lower(x_first_name || ' ' || x_last_name), NFKD), '[\\u0300-\\u036f]', '', 'g'),
           right(regexp_replace(coalesce(x_phone, ''), '[^0-9]', '', 'g'), 9)
      FROM x_mist_person WHERE x_first_name != x_last_name""")
for code, names, digits in env.cr.fetchall():
    alike.setdefault(" ".join(sorted((names or code).replace("-", " ").split())), []).append(code)
    if len(digits) == 9:
        alike.setdefault(digits, []).append(code)
# Whom somebody has told apart is not told of again.
apart = set()
if "x_mist_likeness" in env:
    env.cr.execute("""
        SELECT one.x_name, other.x_name FROM x_mist_likeness l
          JOIN x_mist_person one ON one.id = l.x_person_id
          JOIN x_mist_person other ON other.id = l.x_other_id WHERE l.x_verdict = 'different'""")
    for pair in env.cr.fetchall():
        apart.add(tuple(sorted(pair)))
groups = set()
for codes in alike.values():
    unsure = set()
    for one in set(codes):
        for other in set(codes):
            if one < other and (one, other) not in apart:
                unsure.update([one, other])
    if unsure:
        groups.add(tuple(sorted(unsure)))
action = {"same": sorted([sorted(codes) for codes in known.values() if len(codes) > 1]), "alike": sorted([list(codes) for codes in groups])}
