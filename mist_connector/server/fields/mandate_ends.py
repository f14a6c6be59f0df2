"""The last day of a mandate: the planned one, or the day before an earlier resignation (DEL13)."""

from mist_connector.server.given import datetime, self

for record in self:
    ends, resigned = record.x_until, record.x_resigned_on
    if resigned and (not ends or ends > resigned):
        ends = resigned - datetime.timedelta(days=1)
    record["x_ends"] = ends
