"""People in the CRM: their facts read, their statuses, contacts, accounts and reminders brought in line."""
