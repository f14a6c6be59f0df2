"""People and facts, between files and the CRM."""
