"""The code of a leaving, which closes what the connector opened."""
