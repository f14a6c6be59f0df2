"""What runs in the CRM as it is written here: shared pieces of code, and scripts of its web pages."""
