"""What a guard does once it has looked at its rules: it refuses, or lets the write go on.

Given: what `guard_opens` answered, with what is refused of each record.
"""

from .given import env, given

for record in given["records"]:
    if given["refused"][record.id]:
        env.cr.cache["mist_given"].append({"record": record, "refused": given["refused"][record.id]})
        env.ref("mist_connector.piece_refusal").run()
    record["x_guard"] = "ok"
