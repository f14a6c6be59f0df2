"""The code of server actions: buttons, and what commands have the CRM do."""
