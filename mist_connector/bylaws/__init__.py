"""The bylaws as values: statuses, roles, mandates, and the engine that decides."""
