"""General assemblies: who votes, who is there or represented, what was decided. No clock, no CRM, no name."""
