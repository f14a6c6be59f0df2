"""The longest term of a mandate's office, in months, when the mandate was entered (DEL11)."""

from mist_connector.server.given import months_of_office, self

for record in self:
    record["x_months"] = months_of_office.get(record.x_office, 0)
