"""The bylaws and the CRM blueprint of MIST, as data."""
