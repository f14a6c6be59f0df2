"""The refusal of a write, and why, told to whoever may know.

Given: `record`; `refused`, sentences in French and in English.

Who has no right to this very record, be it to read or to enter it, is told that alone, as where nothing
is forbidden: the sentences tell facts about somebody whom she may not read, since the CRM looks at its
rules after the guard. Rights alone decide it, never a value of the record. The account that installs,
which has no right on any record of ours, acts through elevated code.
"""

from .given import given

record = given["record"]
hers = record.with_user(record.env.uid)
ways = [way for way in ("read", "write", "create") if hers.browse().has_access(way)]
told = any([hers.has_access(way) for way in ways])
if not told and (ways or not record.env.user.has_group("base.group_system")):
    hers.check_access(ways[-1] if ways else "read")
french = (record.env.lang or record.env.user.lang or "fr_FR").startswith("fr")
refusal = "\n\n".join([said[0 if french else 1] for said in given["refused"]])
record.env.ref("mist_connector.action_refuse").sudo().with_context(mist_refusal=refusal).run()
