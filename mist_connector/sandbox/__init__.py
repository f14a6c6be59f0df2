"""A real Odoo, PostgreSQL and SMTP sink on this machine."""
