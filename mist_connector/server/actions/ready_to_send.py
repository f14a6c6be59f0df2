"""Answer what a mailing needs: an address to send from, a running queue, and who opted out.

Whether a mail server answers is known only when a mail is handed over: behind the CRM's servers stands that
of the host. People who opted out of the CRM's mails are named by code: no address leaves the CRM.
"""

from mist_connector.server.given import env

sender = env.company.sudo().alias_domain_id.default_from_email
sender = sender or env["ir.mail_server"].sudo()._get_default_from_address() or env.company.sudo().email
env.cr.execute(
    "SELECT one.x_name FROM x_mist_person one "
    "JOIN mail_blacklist refused ON lower(trim(one.x_email)) = refused.email"
    " WHERE refused.active ORDER BY one.x_name"
)
opted_out = [row[0] for row in env.cr.fetchall()]
action = {"sender": bool(sender), "queue": env.ref("mail.ir_cron_mail_scheduler_action").sudo().active, "opted_out": opted_out}
