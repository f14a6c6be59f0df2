"""From a bare CRM to a team at work: what is missing, and each step on the way."""
