"""What can never be right of a record alone; see `blueprint/compile_sound.py`.

Given: `records`; `column`, which holds the answer; `earliest`, a year; `checks`, each a kind, a column and
what is said in French and in English. An address has one @, a name before it, and a domain with a dot after
it; whether a mailbox is there, nobody can tell.
"""

from .given import given

records = given["records"]
uid = records.env.uid


def broken(kind, record, column):
    """Tell whether a value of a record can never be right."""
    value = record[column]
    if kind == "address":
        address = (value or "").strip()
        parts = address.split("@")
        host = parts[-1].split(".")
        whole = len(parts) == 2 and len(host) > 1 and all(parts) and all(host) and " " not in address
        return address and not whole
    if kind == "another":
        return value and value == record.x_person_id
    if kind == "herself":
        # The account behind the write, whatever rights the CRM computes this with.
        person = record if record._name == "x_mist_person" else record.x_person_id
        return value and uid in person.sudo().x_function_ids.mapped("x_user_id").ids
    if kind == "order":
        return record.x_since and value and value < record.x_since
    return value and value.year < given["earliest"]


for one in records:
    record = one if isinstance(one.id, int) else one.with_user(uid)
    refused = []
    if isinstance(record.id, int):
        refused = [said for kind, column, said in given["checks"] if broken(kind, record, column)]
    if refused:
        french = (records.env.lang or records.env.user.lang or "fr_FR").startswith("fr")
        refusal = "\n\n".join([said[0 if french else 1] for said in refused])
        records.env.ref("mist_connector.action_refuse").sudo().with_context(mist_refusal=refusal).run()
    record[given["column"]] = "ok"
