"""Leave around the records of a proof what anybody leaves who works in the web client."""

from mist_connector.server.given import b64encode, env

payload = env.context["mist_proof"]
me, marker = env.user, payload["marker"]
for row in payload["rows"]:
    model, word, column = row["model"], row["word"] + marker, row["column"]
    filters = {"name": word, "model_id": model, "domain": str([(column, "=", row["word"])])}
    env["ir.filters"].sudo().create([{**filters, "user_ids": [(6, 0, me.ids)]}, {**filters, "name": "2" + word, "user_ids": []}])
    field = env["ir.model.fields"]._get(model, column)
    env["ir.default"].sudo().create({"field_id": field.id, "user_id": me.id, "json_value": '"' + word + '"'})
    export = env["ir.exports"].sudo().create({"name": word, "resource": model, "export_fields": [(0, 0, {"name": column})]})
    env["base_import.import"].sudo().create(
        {"res_model": model, "file_name": word, "file_type": "text/csv", "file": b64encode(word.encode())}
    )
    env["base_import.mapping"].sudo().create({"res_model": model, "column_name": word, "field_name": column})
    env["mail.compose.message"].sudo().create({"model": "res.partner", "subject": word})
    env["mail.activity"].sudo().create({"summary": word, "user_id": me.id})
    env["mail.message"].sudo().create({"model": model, "res_id": row["id"], "body": word})
    if row["export"]:
        action = {"export": export.id}
