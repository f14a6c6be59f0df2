"""Answer the link of each account's invitation, as the mail would bear it."""

from mist_connector.server.given import env

accounts = env["res.users"].sudo().browse(env.context["mist_work"]["accounts"])
accounts.mapped("partner_id").signup_prepare(signup_type="signup")
action = {"links": [[one.login, one.partner_id._get_signup_url()] for one in accounts]}
