"""How many candidacies an item of an agenda has."""

from mist_connector.server.given import self

for record in self:
    record["x_candidacy_count"] = len(record.x_candidacie_ids)
