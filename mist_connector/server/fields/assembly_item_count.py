"""How many items the agenda of an assembly has."""

from mist_connector.server.given import self

for record in self:
    record["x_item_count"] = len(record.x_item_ids)
