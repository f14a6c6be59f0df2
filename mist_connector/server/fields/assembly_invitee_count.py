"""How many people are invited to an assembly."""

from mist_connector.server.given import self

for record in self:
    record["x_invitee_count"] = len(record.x_invitee_ids)
