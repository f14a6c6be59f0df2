"""Makes a hosted Odoo CRM follow the bylaws of MIST, through its external API only."""
