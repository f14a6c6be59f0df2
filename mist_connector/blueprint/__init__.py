"""What the CRM must hold, and its compilation to a data module."""
