"""The check that found a reminder's matter; it tells which act settles it."""

from mist_connector.server.given import self

for record in self:
    record["x_kind"] = (record.x_cause or "").split(" ")[0]
