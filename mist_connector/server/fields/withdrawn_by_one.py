"""Whether a fact was withdrawn: one person of the team suffices."""

from mist_connector.server.given import self

for record in self:
    people = record.sudo().x_withdrawal_ids.mapped("create_uid")
    record["x_withdrawn"] = len(people) >= 1
