"""What runs in the CRM as it is written here: scripts of its web pages."""
