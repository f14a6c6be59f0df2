"""Access to people's records: who reads what, until when, and why."""
