"""The data module in the CRM: observed, compared and deployed."""
