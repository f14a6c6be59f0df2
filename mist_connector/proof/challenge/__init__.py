"""Known doors, opened one by one in a CRM that is thrown away: each must be named."""
