"""Remove all that a proof created, and answer how much it was."""

from mist_connector.server.given import env

payload = env.context["mist_proof"]
marked = "%" + payload["marker"]
everybody = env["res.users"].sudo().with_context(active_test=False)
people = env["x_mist_person"].sudo().search([("x_email", "=like", marked)])
gone = {"people": len(people), "accounts": 0}
for model in payload["models"]:
    if model == "x_mist_person":
        found = people
    else:
        path = "x_person_id" if "x_person_id" in env[model]._fields else "x_function_id.x_person_id"
        found = env[model].sudo().search([(path, "in", people.ids)])
    env["ir.attachment"].sudo().search([("res_model", "=", model), ("res_id", "in", found.ids)]).unlink()
    # Straight from the table: the bylaws' own guards keep a decision from ever being deleted.
    if found:
        env.cr.execute("DELETE FROM " + env[model]._table + " WHERE id IN %s", [tuple(found.ids)])
        env.invalidate_all(flush=False)
env["ir.attachment"].sudo().search([("name", "=like", marked)]).unlink()
accounts = everybody.search([("login", "=like", marked)])
gone["accounts"] = len(accounts)
partners = accounts.mapped("partner_id") | env["res.partner"].sudo().search([("email", "=like", marked)])
env["res.users.apikeys"].sudo().search([("user_id", "in", accounts.ids)]).unlink()
for model, column in (
    ("ir.filters", "name"),
    ("ir.default", "json_value"),
    ("ir.exports", "name"),
    ("base_import.import", "file_name"),
    ("base_import.mapping", "column_name"),
    ("mail.compose.message", "subject"),
    ("mail.activity", "summary"),
    ("mail.message", "body"),
):
    env[model].sudo().search([(column, "like", payload["marker"])]).unlink()
accounts.unlink()
partners.unlink()
action = gone
