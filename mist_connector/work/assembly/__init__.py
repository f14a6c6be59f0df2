"""General assemblies in the CRM: read, written and reported."""
