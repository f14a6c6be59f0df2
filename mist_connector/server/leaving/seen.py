"""Find what a leaving is about: accounts, contacts that show a name, and mails that have not left."""

from mist_connector.server.given import env

quiet = {"active_test": False, "no_reset_password": True, "tracking_disable": True, "mail_notrack": True}
accounts = env["res.users"].sudo().with_context(**quiet)


def ours(model):
    """Return all records of a model of ours; none where the CRM does not have it."""
    return env[model].sudo().with_context(**quiet).search([]) if model in env else []


def settings(account):
    """Tell whether an account administers the CRM."""
    return account.has_group("base.group_system") or account.has_group("base.group_erp_manager")


group = env.ref("mist_connector.group_connector", raise_if_not_found=False)
held = accounts.browse([one.x_user_id.id for one in ours("x_mist_function") if one.x_user_id])
robots = accounts.search([("group_ids", "in", group.ids)]) if group else accounts
robots = robots.filtered(lambda one: not settings(one))
held = held.filtered(lambda one: not settings(one)) - robots
made = held.filtered(lambda one: one.create_uid.id in robots.ids)
standing = [one for one in ours("x_mist_person") if one.x_contact_id]
named = [one for one in standing if not one.x_contact_id.user_ids and one.x_contact_id.name != one.x_name]
numbers = [one.x_mail for one in ours("x_mist_dispatch") if one.x_mail]
mails = env["mail.mail"].sudo().search([("id", "in", numbers), ("state", "!=", "sent")])
