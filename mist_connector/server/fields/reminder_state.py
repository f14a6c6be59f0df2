"""The state of a reminder: a reminder whose activity is done in the CRM's clock is done."""

from mist_connector.server.given import self

for record in self:
    state = record.x_state or "open"
    if state == "open" and record.x_activity_id and not record.x_activity_id.active:
        state = "done"
    record["x_state"] = state
